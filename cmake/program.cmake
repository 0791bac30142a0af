# The command-line program, build/<preset>/tinymlp: one source file a command.
find_package(cxxopts REQUIRED)
file(GLOB_RECURSE TINYMLP_PROGRAM_SOURCES CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/experiments/*.cpp)
add_executable(tinymlp_program ${TINYMLP_PROGRAM_SOURCES})
set_target_properties(tinymlp_program PROPERTIES OUTPUT_NAME tinymlp RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
target_include_directories(tinymlp_program PRIVATE ${PROJECT_SOURCE_DIR}/experiments)
target_compile_definitions(tinymlp_program PRIVATE TINYMLP_VERSION="${PROJECT_VERSION}")
target_link_libraries(tinymlp_program PRIVATE tinymlp tinymlp_private_options cxxopts::cxxopts
  nlohmann_json::nlohmann_json)
install(TARGETS tinymlp_program)
