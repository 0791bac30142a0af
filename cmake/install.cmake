# cmake --install: the libraries, the public headers, and what find_package(tinymlp) needs. Warnings, -march and the
# packages used inside stay here; what the static libraries need at link time goes along.
include(CMakePackageConfigHelpers)
set(package_directory ${CMAKE_INSTALL_LIBDIR}/cmake/tinymlp)

install(TARGETS tinymlp_common tinymlp tinymlp_double EXPORT tinymlp-targets)
install(DIRECTORY include/tinymlp DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
if(TINYMLP_HAS_CUDA)
  install(TARGETS tinymlp_cuda LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
  install(TARGETS tinymlp_cuda_kernels EXPORT tinymlp-targets)
  set(headers check.h queue.h library.h kernels.cuh launch.cuh map.cuh sums.cuh)
  list(TRANSFORM headers PREPEND src/cuda/)
  install(FILES ${headers} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/tinymlp/kernels/cuda)
endif()
install(EXPORT tinymlp-targets NAMESPACE tinymlp:: DESTINATION ${package_directory})

configure_package_config_file(cmake/tinymlp-config.cmake.in ${PROJECT_BINARY_DIR}/tinymlp-config.cmake
  INSTALL_DESTINATION ${package_directory})
# Before version 1 a new minor version may break what used the old one.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/tinymlp-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/tinymlp-config.cmake ${PROJECT_BINARY_DIR}/tinymlp-config-version.cmake
  DESTINATION ${package_directory})
if(TINYMLP_HAS_LIBXSMM)
  install(FILES cmake/FindLibxsmm.cmake DESTINATION ${package_directory})
endif()
