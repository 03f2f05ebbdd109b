# What `cmake --install` puts where, so that find_package(Tconv) works from there.
include(CMakePackageConfigHelpers)

get_property(_libraries GLOBAL PROPERTY TCONV_LIBRARIES)
get_property(_programs GLOBAL PROPERTY TCONV_TOOLS)
if(TARGET TconvPlugin)
  list(APPEND _programs TconvPlugin)
endif()
set(_package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/tconv")
set(_share_dir "${CMAKE_INSTALL_DATADIR}/tconv")

# Installed programs find libMLIR where it was linked from, unless the loader looks
# there by itself.
set(_rpath ${LLVM_LIBRARY_DIR})
list(REMOVE_ITEM _rpath ${CMAKE_CXX_IMPLICIT_LINK_DIRECTORIES})
set_target_properties(${_programs} PROPERTIES INSTALL_RPATH "${_rpath}")

install(TARGETS ${_libraries} EXPORT TconvTargets ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}")
install(TARGETS ${_programs}
        RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}"
        LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}")
install(DIRECTORY include/tconv include/tconv-c "${PROJECT_BINARY_DIR}/include/tconv"
        DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
        FILES_MATCHING PATTERN "*.h" PATTERN "*.def" PATTERN "*.td" PATTERN "*.inc"
        PATTERN CMakeFiles EXCLUDE)
install(DIRECTORY examples DESTINATION "${_share_dir}" USE_SOURCE_PERMISSIONS)
install(DIRECTORY docs/ DESTINATION "${CMAKE_INSTALL_DOCDIR}" OPTIONAL)
install(FILES LICENSE README.md CHANGELOG.md DESTINATION "${CMAKE_INSTALL_DOCDIR}")

install(EXPORT TconvTargets NAMESPACE tconv:: DESTINATION "${_package_dir}")
configure_package_config_file(cmake/TconvConfig.cmake.in
  "${PROJECT_BINARY_DIR}/TconvConfig.cmake" INSTALL_DESTINATION "${_package_dir}"
  NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/TconvConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/TconvConfig.cmake"
              "${PROJECT_BINARY_DIR}/TconvConfigVersion.cmake"
        DESTINATION "${_package_dir}")
