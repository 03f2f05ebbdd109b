# tconv_add_library(NAME sources... [MLIR] [LINK libs...]) and
# tconv_add_shared_library(NAME sources... [MLIR] EXPORTS map [LINK libs...]) and
# tconv_add_tool(NAME sources... [LINK libs...]): the only ways in which code of this
# project is compiled.

function(tconv_compile_options target)
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wno-unused-parameter
    $<$<BOOL:${TCONV_ENABLE_WERROR}>:-Werror>
    $<$<NOT:$<BOOL:${LLVM_ENABLE_RTTI}>>:-fno-rtti>)
  if(TCONV_ENABLE_ASAN)
    target_compile_options(${target} PRIVATE -fsanitize=address,undefined -fno-omit-frame-pointer)
    target_link_options(${target} PUBLIC -fsanitize=address,undefined)
  endif()
endfunction()

# MLIR's headers cost about 7 seconds a file; parsed once they cost next to nothing.
function(tconv_reuse_mlir_headers target)
  if(NOT TARGET TconvMLIRHeaders)
    file(WRITE "${CMAKE_BINARY_DIR}/TconvMLIRHeaders.cpp" "")
    add_library(TconvMLIRHeaders STATIC "${CMAKE_BINARY_DIR}/TconvMLIRHeaders.cpp")
    tconv_compile_options(TconvMLIRHeaders)
    target_precompile_headers(TconvMLIRHeaders PRIVATE "${PROJECT_SOURCE_DIR}/cmake/MLIRHeaders.h")
  endif()
  target_precompile_headers(${target} REUSE_FROM TconvMLIRHeaders)
endfunction()

function(tconv_add_library name)
  cmake_parse_arguments(ARG "MLIR" "" "LINK;DEPENDS" ${ARGN})
  add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
  add_library(tconv::${name} ALIAS ${name})
  tconv_compile_options(${name})
  target_include_directories(${name} INTERFACE
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
    $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/include>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_compile_features(${name} PUBLIC cxx_std_20)
  target_link_libraries(${name} PUBLIC ${ARG_LINK})
  if(ARG_MLIR)
    target_link_libraries(${name} PUBLIC MLIR LLVM)
    tconv_reuse_mlir_headers(${name})
  endif()
  if(ARG_DEPENDS)
    add_dependencies(${name} ${ARG_DEPENDS})
  endif()
  set_property(GLOBAL APPEND PROPERTY TCONV_LIBRARIES ${name})
endfunction()

# Shows the symbols of the linker's version script EXPORTS only.
function(tconv_add_shared_library name)
  cmake_parse_arguments(ARG "MLIR" "EXPORTS" "LINK" ${ARGN})
  add_library(${name} SHARED ${ARG_UNPARSED_ARGUMENTS})
  tconv_compile_options(${name})
  set(_map "${CMAKE_CURRENT_SOURCE_DIR}/${ARG_EXPORTS}")
  target_link_options(${name} PRIVATE "LINKER:--version-script=${_map}")
  set_target_properties(${name} PROPERTIES LINK_DEPENDS "${_map}")
  target_link_libraries(${name} PRIVATE ${ARG_LINK})
  if(ARG_MLIR)
    tconv_reuse_mlir_headers(${name})
  endif()
  set_property(GLOBAL APPEND PROPERTY TCONV_TOOLS ${name})
endfunction()

function(tconv_add_tool name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
  tconv_compile_options(${name})
  target_link_libraries(${name} PRIVATE ${ARG_LINK})
  set_property(GLOBAL APPEND PROPERTY TCONV_TOOLS ${name})
endfunction()
