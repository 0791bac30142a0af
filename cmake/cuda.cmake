# The CUDA device: libtinymlp_cuda.so, built where nvcc is found. Programs load it when a GPU is asked for; nothing links
# to it. TINYMLP_HAS_NVCC says whether nvcc is there, TINYMLP_HAS_CUDA whether the library is built.
set(TINYMLP_HAS_NVCC OFF)
set(TINYMLP_HAS_CUDA OFF)
if(TINYMLP_USE_CUDA)
  include(CheckLanguage)
  find_program(TINYMLP_NVCC nvcc HINTS ENV CUDA_PATH PATHS /usr/local/cuda PATH_SUFFIXES bin)
  if(TINYMLP_NVCC AND NOT CMAKE_CUDA_COMPILER)
    set(CMAKE_CUDA_COMPILER ${TINYMLP_NVCC})
  endif()
  check_language(CUDA)
  if(CMAKE_CUDA_COMPILER)
    set(TINYMLP_HAS_NVCC ON)
  endif()
endif()
if(NOT TINYMLP_HAS_NVCC)
  message(STATUS "tinymlp: CUDA left out: there is no nvcc, or TINYMLP_USE_CUDA is off")
  return()
endif()

# Every GPU from Turing on: machine code for these, and for later ones what the driver compiles at run time.
set(CMAKE_CUDA_ARCHITECTURES 75-real 80-real 90 120-real)
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

# For kernels: warnings are errors, and so are registers spilled to memory. nvcc's own output trips -Wpedantic and
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
