# The library: what does not depend on Scalar once, the rest twice, in float (tinymlp) and in double (tinymlp_double).
include(GNUInstallDirs)
find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)
find_package(Eigen3 REQUIRED NO_MODULE)  # 5 follows 3.4, and says that it can't stand in for it: hence no version here
if(Eigen3_VERSION VERSION_LESS 3.4)
  message(FATAL_ERROR "tinymlp needs Eigen 3.4 or newer; found is ${Eigen3_VERSION}")
endif()
find_package(nlohmann_json REQUIRED)
find_path(TINYMLP_XSIMD_INCLUDE xsimd/xsimd.hpp REQUIRED)  # its CMake target wants a library that nothing here needs
find_path(TINYMLP_RANDOM123_INCLUDE Random123/philox.h REQUIRED)
set(TINYMLP_HAS_LIBXSMM OFF)
if(TINYMLP_USE_LIBXSMM)
  list(PREPEND CMAKE_MODULE_PATH ${PROJECT_SOURCE_DIR}/cmake)
  find_package(Libxsmm MODULE QUIET)
  if(Libxsmm_FOUND)
    set(TINYMLP_HAS_LIBXSMM ON)
  endif()
endif()

# How the compiler is told TINYMLP_ARCHITECTURE: GCC and clang take -march on x86-64; on Arm, "native" is -mcpu's.
set(TINYMLP_ARCHITECTURE_OPTION "")
if(TINYMLP_ARCHITECTURE STREQUAL "native" AND CMAKE_CROSSCOMPILING)
  message(STATUS "tinymlp: TINYMLP_ARCHITECTURE=native left out: this machine's processor is not the one that is built for")
elseif(TINYMLP_ARCHITECTURE)
  include(CheckCXXCompilerFlag)
  set(candidates -march=${TINYMLP_ARCHITECTURE})
  if(TINYMLP_ARCHITECTURE STREQUAL "native" AND NOT CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|i.86)$")
    set(candidates -mcpu=native -march=native)
  endif()
  foreach(candidate IN LISTS candidates)
    string(MAKE_C_IDENTIFIER "TINYMLP_TAKES${candidate}" takes)
    check_cxx_compiler_flag(${candidate} ${takes})
    if(${takes})
      set(TINYMLP_ARCHITECTURE_OPTION ${candidate})
      break()
    endif()
  endforeach()
  if(NOT TINYMLP_ARCHITECTURE_OPTION)
    message(STATUS "tinymlp: TINYMLP_ARCHITECTURE=${TINYMLP_ARCHITECTURE} left out: this compiler does not know it")
  endif()
endif()
message(STATUS "tinymlp: libxsmm ${TINYMLP_HAS_LIBXSMM}, for the processor '${TINYMLP_ARCHITECTURE_OPTION}'")

# Every target of ours; nothing of it reaches those who use the library.
add_library(tinymlp_private_options INTERFACE)
target_compile_options(tinymlp_private_options INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow
  $<$<BOOL:${TINYMLP_WERROR}>:-Werror>
  -ffp-contract=off  # the same rounding with every compiler
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>  # g++ 12 sees overlaps in string concatenation that are not there
  $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>)  # libstdc++ 12's own stable_sort, under clang 19

add_library(tinymlp_common STATIC
  src/call_text.cpp
  src/collapse.cpp
  src/dataset.cpp
  src/generators.cpp
  src/generators/classics.cpp
  src/generators/mnist1d.cpp
  src/generators/playground.cpp
  src/initializer.cpp
  src/kinks.cpp
  src/linear_model.cpp
  src/machine_limits.cpp
  src/measures.cpp
  src/model_description.cpp
  src/names.cpp
  src/random.cpp
  src/ranking.cpp
  src/scaling.cpp
  src/schedule.cpp
  src/softmax_regression.cpp
  src/standard_features.cpp
  src/statistics.cpp
  src/statistics_tests.cpp
  src/text.cpp
  src/cpu/limit_kernels.cpp
  src/io/byte_source.cpp
  src/io/csv.cpp
  src/io/csv_columns.cpp
  src/io/csv_records.cpp
  src/io/csv_source.cpp
  src/io/csv_targets.cpp
  src/io/csv_writer.cpp
  src/io/file.cpp
  src/io/idx.cpp
  src/io/model.cpp
  src/io/natural_order.cpp
  src/io/safetensors.cpp)
target_include_directories(tinymlp_common
  PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
  PRIVATE ${PROJECT_SOURCE_DIR}/src)
target_include_directories(tinymlp_common SYSTEM PRIVATE ${TINYMLP_RANDOM123_INCLUDE})
target_compile_features(tinymlp_common PUBLIC cxx_std_20)
target_link_libraries(tinymlp_common PRIVATE $<BUILD_INTERFACE:tinymlp_private_options>
  $<BUILD_INTERFACE:nlohmann_json::nlohmann_json> $<BUILD_INTERFACE:Eigen3::Eigen> ZLIB::ZLIB Threads::Threads)

set(TINYMLP_CPU_SOURCES
  src/cpu/device.cpp src/cpu/dropout.cpp src/cpu/gemm.cpp src/cpu/info.cpp src/cpu/kernels.cpp src/cpu/register_gemm.cpp
  src/cpu/rows.cpp)
function(tinymlp_add_precision target definition)
  add_library(${target} STATIC
    src/activations.cpp
    src/adagrad.cpp
    src/adam.cpp
    src/cuda_loader.cpp
    src/dense.cpp
    src/device.cpp
    src/device_dataset.cpp
    src/dropout.cpp
    src/early_stopping.cpp
    src/evaluator.cpp
    src/gradient_check.cpp
    src/gradient_clip.cpp
    src/layer.cpp
    src/layer_health.cpp
    src/losses.cpp
    src/map.cpp
    src/model.cpp
    src/network.cpp
    src/optimizers.cpp
    src/parity.cpp
    src/pass.cpp
    src/prelu.cpp
    src/rmsprop.cpp
    src/sgd.cpp
    src/trainer.cpp
    src/trainer_state.cpp
    ${TINYMLP_CPU_SOURCES})
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/src)
  target_include_directories(${target} SYSTEM PRIVATE ${TINYMLP_XSIMD_INCLUDE} ${TINYMLP_RANDOM123_INCLUDE})
  target_compile_definitions(${target} PUBLIC ${definition})
  # Else where a function lies in a cache line, and 7 % of a tiny network's step, changes with edits anywhere before it.
  target_compile_options(${target} PRIVATE -falign-functions=64)
  target_link_libraries(${target} PUBLIC tinymlp_common Threads::Threads
    PRIVATE ${CMAKE_DL_LIBS} $<BUILD_INTERFACE:tinymlp_private_options> $<BUILD_INTERFACE:Eigen3::Eigen>)
  if(TINYMLP_HAS_LIBXSMM)
    target_link_libraries(${target} PRIVATE Libxsmm::Libxsmm)
  endif()
endfunction()
tinymlp_add_precision(tinymlp "")
tinymlp_add_precision(tinymlp_double TINYMLP_DOUBLE)
add_library(tinymlp::tinymlp ALIAS tinymlp)
add_library(tinymlp::tinymlp_double ALIAS tinymlp_double)

# Where an installed program finds the CUDA device's library.
set_source_files_properties(src/cuda_loader.cpp PROPERTIES
  COMPILE_DEFINITIONS TINYMLP_LIBRARY_FOLDER="${CMAKE_INSTALL_LIBDIR}")

# Only the CPU device is compiled for a particular processor. g++ 12 warns of Eigen's and xsimd's own code there.
# There a product and a sum are rounded once where the processor can do so: xsimd 8 itself never asks for it on 512 bits.
set(cpu_options ${TINYMLP_ARCHITECTURE_OPTION} -ffp-contract=fast)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  list(APPEND cpu_options -Wno-maybe-uninitialized -Wno-uninitialized -Wno-unused-variable)
endif()
set_source_files_properties(${TINYMLP_CPU_SOURCES} PROPERTIES COMPILE_OPTIONS "${cpu_options}")
if(TINYMLP_HAS_LIBXSMM)
  set_source_files_properties(src/cpu/gemm.cpp PROPERTIES COMPILE_DEFINITIONS TINYMLP_LIBXSMM)
endif()
