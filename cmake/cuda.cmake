# The CUDA device: libtinymlp_cuda.so, built where nvcc is found. Programs load it when a GPU is asked for; nothing links
# to it. TINYMLP_HAS_NVCC says whether nvcc is there, TINYMLP_HAS_CUDA whether the library is built.
set(TINYMLP_HAS_NVCC OFF)
set(TINYMLP_HAS_CUDA OFF)
function(tinymlp_cuda_left_out reason)
  message(STATUS "tinymlp: CUDA left out: ${reason}")
endfunction()
if(NOT TINYMLP_USE_CUDA)
  tinymlp_cuda_left_out("TINYMLP_USE_CUDA is off")
  return()
endif()
if(TINYMLP_LIBCXX)
  tinymlp_cuda_left_out("nvcc compiles with g++, whose library is not libc++")
  return()
endif()
if(CMAKE_CROSSCOMPILING)
  tinymlp_cuda_left_out("nvcc compiles for this machine's processor, not for the one that is built for")
  return()
endif()
# The environment counts when a folder is configured for the first time; it is kept, for later ones may lack it.
if(NOT "$ENV{CUDACXX}" STREQUAL "" AND NOT CMAKE_CUDA_COMPILER AND NOT TINYMLP_NVCC)  # a program, perhaps with options
  get_filename_component(program "$ENV{CUDACXX}" PROGRAM PROGRAM_ARGS arguments)
  if(NOT program)
    tinymlp_cuda_left_out("there is no program $ENV{CUDACXX} (CUDACXX)")
    return()
  endif()
  set(TINYMLP_NVCC ${program} CACHE FILEPATH "nvcc")
  set(TINYMLP_NVCC_ARGUMENTS "${arguments}" CACHE INTERNAL "CUDACXX's options")
endif()
if(NOT "$ENV{CUDAHOSTCXX}" STREQUAL "" AND NOT CMAKE_CUDA_HOST_COMPILER)
  set(CMAKE_CUDA_HOST_COMPILER $ENV{CUDAHOSTCXX} CACHE FILEPATH "The compiler that nvcc calls")
endif()
if(TINYMLP_NVCC_ARGUMENTS)
  string(PREPEND CMAKE_CUDA_FLAGS "${TINYMLP_NVCC_ARGUMENTS} ")
endif()
find_program(TINYMLP_NVCC nvcc HINTS ENV CUDA_PATH PATHS /usr/local/cuda PATH_SUFFIXES bin)
if(TINYMLP_NVCC AND NOT CMAKE_CUDA_COMPILER)
  set(CMAKE_CUDA_COMPILER ${TINYMLP_NVCC})
endif()
if(NOT CMAKE_CUDA_COMPILER)
  tinymlp_cuda_left_out("there is no nvcc")
  return()
endif()

# What nvcc is this, and can it compile at all? A configuration that CMake itself would break off goes on without it.
execute_process(COMMAND ${CMAKE_CUDA_COMPILER} --version RESULT_VARIABLE result OUTPUT_VARIABLE version ERROR_VARIABLE error)
if(NOT result EQUAL 0 OR NOT version MATCHES "release ([0-9]+\\.[0-9]+)")
  tinymlp_cuda_left_out("${CMAKE_CUDA_COMPILER} does not tell its version: ${result}")
  return()
endif()
set(version ${CMAKE_MATCH_1})
if(version VERSION_LESS 12.0)
  tinymlp_cuda_left_out("nvcc ${version} does not know C++20: 12.0 is the first that does")
  return()
endif()
# Every GPU from Turing on: machine code for these, and for later ones what the driver compiles at run time.
# -DCMAKE_CUDA_ARCHITECTURES or the environment variable CUDAARCHS chooses others.
if(NOT CMAKE_CUDA_ARCHITECTURES)
  if(NOT "$ENV{CUDAARCHS}" STREQUAL "")
    set(CMAKE_CUDA_ARCHITECTURES $ENV{CUDAARCHS})
  else()
    set(CMAKE_CUDA_ARCHITECTURES 75-real 80-real 90)
    if(version VERSION_GREATER_EQUAL 12.8)  # the first that knows these
      list(APPEND CMAKE_CUDA_ARCHITECTURES 100-real 120)
    endif()
  endif()
endif()
set(probe ${PROJECT_BINARY_DIR}/cuda_probe)
file(WRITE ${probe}.cu "#include <cublasLt.h>\n#include <vector>\n__global__ void kernel(float* x) { *x = 1; }\n"
  "int main() {\n  std::vector<float> x(1);\n  kernel<<<1, 1>>>(x.data());\n  return cublasLtGetVersion() == 0;\n}\n")
separate_arguments(options UNIX_COMMAND "${CMAKE_CUDA_FLAGS} $ENV{CUDAFLAGS}")
if(CMAKE_CUDA_HOST_COMPILER)
  list(APPEND options -ccbin ${CMAKE_CUDA_HOST_COMPILER})
endif()
foreach(architecture IN LISTS CMAKE_CUDA_ARCHITECTURES)
  string(REGEX MATCH "^[0-9]+[a-z]?" number "${architecture}")
  if(NOT number)  # native, all, all-major: CMake asks nvcc for the same
    list(APPEND options -arch=${architecture})
    continue()
  endif()
  if(NOT architecture MATCHES "-virtual$")
    list(APPEND options --generate-code=arch=compute_${number},code=sm_${number})
  endif()
  if(NOT architecture MATCHES "-real$")
    list(APPEND options --generate-code=arch=compute_${number},code=compute_${number})
  endif()
endforeach()
# Another g++ may have come since it worked last.
execute_process(COMMAND g++ -dumpfullversion OUTPUT_VARIABLE host_version ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
set(what "${CMAKE_CUDA_COMPILER} ${version} ${options} ${host_version}")
if(NOT TINYMLP_NVCC_WORKS STREQUAL what)
  execute_process(COMMAND ${CMAKE_CUDA_COMPILER} -std=c++20 ${options} ${probe}.cu -lcublasLt -o ${probe}
    RESULT_VARIABLE result OUTPUT_VARIABLE error ERROR_VARIABLE error)
  # Asked for the GPU of this machine (native), where there is none, nvcc only warns, and CMake breaks off.
  if(NOT result EQUAL 0 OR error MATCHES "annot find valid GPU")
    string(REGEX MATCH "[^\n]*(error|fatal|annot find)[^\n]*" line "${error}")
    tinymlp_cuda_left_out("nvcc ${version} cannot build a program here (another host compiler: -DCMAKE_CUDA_HOST_COMPILER, other GPUs: -DCMAKE_CUDA_ARCHITECTURES): ${line}")
    return()
  endif()
  set(TINYMLP_NVCC_WORKS "${what}" CACHE INTERNAL "That it built something")
endif()
set(TINYMLP_HAS_NVCC ON)

set(CMAKE_CUDA_RUNTIME_LIBRARY Static)
if(TINYMLP_CCACHE AND NOT CMAKE_CUDA_COMPILER_LAUNCHER)
  set(CMAKE_CUDA_COMPILER_LAUNCHER "${TINYMLP_CCACHE}")
endif()
enable_language(CUDA)
if(NOT CMAKE_CUDA20_STANDARD_COMPILE_OPTION)
  set(CMAKE_CUDA20_STANDARD_COMPILE_OPTION -std=c++20)  # which CMake 3.25 does not know
endif()
set(CMAKE_CUDA_STANDARD 20)
find_package(CUDAToolkit REQUIRED)
if(TINYMLP_SANITIZE)
  message(STATUS "tinymlp: CUDA: only the tests without a GPU; nvcc knows no -fsanitize")
  return()
endif()
set(TINYMLP_HAS_CUDA ON)
message(STATUS "tinymlp: CUDA ${CUDAToolkit_VERSION} for ${CMAKE_CUDA_ARCHITECTURES}")

# For kernels: with TINYMLP_WERROR warnings are errors, and so are registers spilled to memory. nvcc's own output trips -Wpedantic and
# -Wparentheses.
add_library(tinymlp_cuda_options INTERFACE)
target_compile_options(tinymlp_cuda_options INTERFACE $<$<COMPILE_LANGUAGE:CUDA>:
  -Xcompiler=-Wall,-Wextra,-Wno-parentheses
  -Xptxas=--warn-on-spills
  $<$<BOOL:${TINYMLP_WERROR}>:-Xcompiler=-Werror --Werror=all-warnings -Xptxas=--warning-as-error>>)

# What a .cu file with kernels of one's own needs: see examples/swish_cuda.
add_library(tinymlp_cuda_kernels INTERFACE)
add_library(tinymlp::cuda_kernels ALIAS tinymlp_cuda_kernels)
target_include_directories(tinymlp_cuda_kernels INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/src>
  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/tinymlp/kernels>)
target_compile_options(tinymlp_cuda_kernels INTERFACE
  $<INSTALL_INTERFACE:$<$<COMPILE_LANGUAGE:CUDA>:-std=c++20>>)  # which CMake 3.25 cannot be asked for
set_target_properties(tinymlp_cuda_kernels PROPERTIES EXPORT_NAME cuda_kernels)

set(TINYMLP_CUDA_SOURCES
  src/cuda/classes.cu src/cuda/device.cpp src/cuda/dropout.cu src/cuda/kernels.cu src/cuda/library.cpp src/cuda/products.cpp
  src/cuda/recording.cpp src/cuda/rows.cu)
add_library(tinymlp_cuda SHARED ${TINYMLP_CUDA_SOURCES})
target_include_directories(tinymlp_cuda SYSTEM PRIVATE ${TINYMLP_RANDOM123_INCLUDE})
set_target_properties(tinymlp_cuda PROPERTIES
  CXX_VISIBILITY_PRESET hidden CUDA_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
  LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR} INSTALL_RPATH_USE_LINK_PATH ON)
target_compile_options(tinymlp_cuda PRIVATE $<$<COMPILE_LANGUAGE:CXX>:
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wno-restrict $<$<BOOL:${TINYMLP_WERROR}>:-Werror>>)
target_link_libraries(tinymlp_cuda PRIVATE tinymlp_cuda_kernels tinymlp_cuda_options CUDA::cudart_static
  CUDA::cublasLt)
target_link_options(tinymlp_cuda PRIVATE -Wl,-z,defs -Wl,--exclude-libs,ALL)
