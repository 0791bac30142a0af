# libxsmm: matrix products made for their exact sizes. Defines Libxsmm_FOUND and the target Libxsmm::Libxsmm. Installed
# beside tinymlp-config.cmake as well: a static tinymlp passes it on to whoever links it.
find_path(Libxsmm_INCLUDE_DIR libxsmm.h)
find_library(Libxsmm_LIBRARY xsmm)
find_library(Libxsmm_NOBLAS_LIBRARY xsmmnoblas)  # stands in for the BLAS that libxsmm falls back on
mark_as_advanced(Libxsmm_INCLUDE_DIR Libxsmm_LIBRARY Libxsmm_NOBLAS_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Libxsmm REQUIRED_VARS Libxsmm_LIBRARY Libxsmm_NOBLAS_LIBRARY Libxsmm_INCLUDE_DIR)
if(Libxsmm_FOUND AND NOT TARGET Libxsmm::Libxsmm)
  add_library(Libxsmm::Libxsmm INTERFACE IMPORTED)
  set_target_properties(Libxsmm::Libxsmm PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES "${Libxsmm_INCLUDE_DIR}"
    INTERFACE_LINK_LIBRARIES "${Libxsmm_LIBRARY};${Libxsmm_NOBLAS_LIBRARY};${CMAKE_DL_LIBS}")
endif()
