# tconv_add_library(NAME sources... [MLIR] [LINK libs...]) and
# tconv_add_shared_library(NAME sources... [MLIR] [ON_DEMAND] EXPORTS map [LINK libs...]) and
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

# Headers cost most of a file's compile time, MLIR's up to 6 of 7 seconds; parsed once they cost
# next to nothing. They are those of MLIRHeaders.h or else of StandardHeaders.h, in this folder.
function(tconv_reuse_headers target with_mlir)
  set(headers StandardHeaders)
  if(with_mlir)
    set(headers MLIRHeaders)
  endif()
  if(NOT TARGET Tconv${headers})
    file(WRITE "${CMAKE_BINARY_DIR}/Tconv${headers}.cpp" "")
    add_library(Tconv${headers} STATIC "${CMAKE_BINARY_DIR}/Tconv${headers}.cpp")
    tconv_compile_options(Tconv${headers})
    target_precompile_headers(Tconv${headers} PRIVATE "${PROJECT_SOURCE_DIR}/cmake/${headers}.h")
  endif()
  target_precompile_headers(${target} REUSE_FROM Tconv${headers})
  get_target_property(_type ${target} TYPE)
  if(_type STREQUAL "EXECUTABLE") # -fPIE would not fit the headers, which were parsed for libraries
    set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
    target_compile_options(${target} PRIVATE -fPIC)
  endif()
endfunction()

function(tconv_add_library name)
  cmake_parse_arguments(ARG "MLIR" "" "LINK;DEPENDS" ${ARGN})
  add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
  add_library(tconv::${name} ALIAS ${name})
  tconv_compile_options(${name})
  tconv_reuse_headers(${name} ${ARG_MLIR})
  target_include_directories(${name} INTERFACE
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
    $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/include>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_compile_features(${name} PUBLIC cxx_std_20)
  target_link_libraries(${name} PUBLIC ${ARG_LINK})
  if(ARG_MLIR) # the shared ones, unless who is linked brings the static ones
    set(_is_static "$<BOOL:$<TARGET_PROPERTY:TCONV_STATIC_LLVM>>")
    target_link_libraries(${name} PUBLIC "$<$<NOT:${_is_static}>:MLIR>" "$<$<NOT:${_is_static}>:LLVM>")
  endif()
  if(ARG_DEPENDS)
    add_dependencies(${name} ${ARG_DEPENDS})
  endif()
  set_property(GLOBAL APPEND PROPERTY TCONV_LIBRARIES ${name})
endfunction()

# Shows the symbols of the linker's version script EXPORTS only. ON_DEMAND: neither part of `all` nor
# installed by default.
function(tconv_add_shared_library name)
  cmake_parse_arguments(ARG "MLIR;ON_DEMAND" "EXPORTS" "LINK" ${ARGN})
  add_library(${name} SHARED ${ARG_UNPARSED_ARGUMENTS})
  tconv_compile_options(${name})
  tconv_reuse_headers(${name} ${ARG_MLIR})
  set(_map "${CMAKE_CURRENT_SOURCE_DIR}/${ARG_EXPORTS}")
  target_link_options(${name} PRIVATE "LINKER:--version-script=${_map}")
  set_target_properties(${name} PROPERTIES LINK_DEPENDS "${_map}")
  target_link_libraries(${name} PRIVATE ${ARG_LINK})
  if(ARG_ON_DEMAND)
    set_target_properties(${name} PROPERTIES EXCLUDE_FROM_ALL ON)
  else()
    set_property(GLOBAL APPEND PROPERTY TCONV_TOOLS ${name})
  endif()
endfunction()

function(tconv_add_tool name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
  tconv_compile_options(${name})
  tconv_reuse_headers(${name} TRUE)
  target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}/tools")
  target_link_libraries(${name} PRIVATE ${ARG_LINK})
  set_property(GLOBAL APPEND PROPERTY TCONV_TOOLS ${name})
endfunction()
