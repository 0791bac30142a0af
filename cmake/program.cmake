# The command-line program, build/<preset>/tinymlp: one source file a command.
find_package(cxxopts REQUIRED)
file(GLOB_RECURSE TINYMLP_PROGRAM_SOURCES CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/experiments/*.cpp)
list(FILTER TINYMLP_PROGRAM_SOURCES EXCLUDE REGEX "/experiments/gradcheck/")
add_executable(tinymlp_program ${TINYMLP_PROGRAM_SOURCES})
set_target_properties(tinymlp_program PROPERTIES OUTPUT_NAME tinymlp RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
# src: the program words its messages and reads names as the library does.
target_include_directories(tinymlp_program PRIVATE ${PROJECT_SOURCE_DIR}/experiments ${PROJECT_SOURCE_DIR}/src)
target_link_libraries(tinymlp_program PRIVATE tinymlp tinymlp_private_options cxxopts::cxxopts
  nlohmann_json::nlohmann_json)

# Finite differences need the digits of double: these files are compiled for the library in double, and meet the others
# through headers that do not depend on Scalar.
file(GLOB gradcheck_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/experiments/gradcheck/*.cpp)
add_library(tinymlp_gradcheck STATIC ${gradcheck_sources})
target_include_directories(tinymlp_gradcheck PRIVATE ${PROJECT_SOURCE_DIR}/experiments ${PROJECT_SOURCE_DIR}/src)
target_link_libraries(tinymlp_gradcheck PRIVATE tinymlp_double tinymlp_private_options)
target_link_libraries(tinymlp_program PRIVATE tinymlp_gradcheck)

# What run.json and --version say: the commit that was checked out when CMake ran.
find_package(Git QUIET)
if(GIT_FOUND)
  execute_process(COMMAND ${GIT_EXECUTABLE} rev-parse --short=12 HEAD WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    OUTPUT_VARIABLE TINYMLP_COMMIT OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
if(NOT TINYMLP_COMMIT)
  set(TINYMLP_COMMIT unknown)
endif()
set_source_files_properties(experiments/program_version.cpp PROPERTIES COMPILE_DEFINITIONS
  "TINYMLP_VERSION=\"${PROJECT_VERSION}\";TINYMLP_COMMIT=\"${TINYMLP_COMMIT}\"")
install(TARGETS tinymlp_program)
