# What tconv needs from the system: LLVM/MLIR 22.1.

# Debian puts its versioned LLVM where find_package does not look by itself.
foreach(_package MLIR LLVM)
  string(TOLOWER ${_package} _folder)
  if(NOT ${_package}_DIR AND EXISTS "/usr/lib/llvm-22/lib/cmake/${_folder}")
    set(${_package}_DIR "/usr/lib/llvm-22/lib/cmake/${_folder}")
  endif()
endforeach()

# "22.1" and not "22": LLVM's version file only accepts an equal minor version.
find_package(MLIR 22.1 REQUIRED CONFIG)
message(STATUS "Using MLIR ${LLVM_PACKAGE_VERSION} in ${MLIR_DIR}")

list(APPEND CMAKE_MODULE_PATH "${MLIR_CMAKE_DIR}" "${LLVM_CMAKE_DIR}")
include(TableGen)
include(AddLLVM)
include(AddMLIR)

include_directories(SYSTEM ${LLVM_INCLUDE_DIRS} ${MLIR_INCLUDE_DIRS})
separate_arguments(_llvm_definitions NATIVE_COMMAND ${LLVM_DEFINITIONS})
add_definitions(${_llvm_definitions})
