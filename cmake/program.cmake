# The command-line program, build/<preset>/tinymlp: one source file a command.
find_package(cxxopts REQUIRED)
file(GLOB_RECURSE TINYMLP_PROGRAM_SOURCES CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/experiments/*.cpp)
# What needs the digits of double, finite differences and closed forms, is compiled for the library in double, and meets the
# rest through headers that do not depend on Scalar. The definition that makes Scalar a double must not reach that rest:
# hence a library of its own. What both need is compiled twice.
set(TINYMLP_PROGRAM_DOUBLE_SOURCES ${TINYMLP_PROGRAM_SOURCES})
list(FILTER TINYMLP_PROGRAM_DOUBLE_SOURCES INCLUDE REGEX "/experiments/gradcheck/|/experiments/catalogue/double/")
list(REMOVE_ITEM TINYMLP_PROGRAM_SOURCES ${TINYMLP_PROGRAM_DOUBLE_SOURCES})
add_library(tinymlp_program_double STATIC ${TINYMLP_PROGRAM_DOUBLE_SOURCES} experiments/grading/networks.cpp)
target_include_directories(tinymlp_program_double PRIVATE ${PROJECT_SOURCE_DIR}/experiments ${PROJECT_SOURCE_DIR}/src)
target_link_libraries(tinymlp_program_double PRIVATE tinymlp_double tinymlp_private_options)

# What reports are made of, built in: see experiments/report/assets.h.
set(assets ${PROJECT_SOURCE_DIR}/experiments/report/assets)
add_custom_command(OUTPUT ${PROJECT_BINARY_DIR}/report_assets.cpp
  COMMAND ${CMAKE_COMMAND} -DOUTPUT=${PROJECT_BINARY_DIR}/report_assets.cpp -DFOLDER=${assets}
    "-DASSETS=uplot_script:uPlot.iife.min.js$<SEMICOLON>uplot_style:uPlot.min.css$<SEMICOLON>page_script:page.js$<SEMICOLON>page_style:page.css"
    -P ${PROJECT_SOURCE_DIR}/cmake/assets.cmake
  DEPENDS ${assets}/uPlot.iife.min.js ${assets}/uPlot.min.css ${assets}/page.js ${assets}/page.css
    ${PROJECT_SOURCE_DIR}/cmake/assets.cmake
  VERBATIM)
add_executable(tinymlp_program ${TINYMLP_PROGRAM_SOURCES} ${PROJECT_BINARY_DIR}/report_assets.cpp)
set_target_properties(tinymlp_program PROPERTIES OUTPUT_NAME tinymlp RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
# src: the program words its messages and reads names as the library does.
target_include_directories(tinymlp_program PRIVATE ${PROJECT_SOURCE_DIR}/experiments ${PROJECT_SOURCE_DIR}/src)
target_link_libraries(tinymlp_program PRIVATE tinymlp tinymlp_program_double tinymlp_private_options cxxopts::cxxopts
  nlohmann_json::nlohmann_json $<BUILD_INTERFACE:Eigen3::Eigen>)

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
