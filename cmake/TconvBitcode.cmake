# tconv_embed_bitcode(SYMBOL OUTPUT.cpp sources...): compiles C++ sources to one module of
# LLVM bitcode, whatever the compiler of the build is, and writes a source that defines it
# as `extern const std::string_view tconv::embedded::SYMBOL`. That source is made at build
# time by this file, run as a script.

if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  file(READ "${INPUT}" _bytes HEX)
  string(REGEX REPLACE "(..)" "0x\\1," _bytes "${_bytes}")
  string(REGEX REPLACE "(................................................................................)"
         "\\1\n    " _bytes "${_bytes}")
  file(WRITE "${OUTPUT}.new" "// Made by cmake/TconvBitcode.cmake.\n"
    "#include <string_view>\n\nnamespace tconv::embedded {\n"
    "extern const std::string_view ${SYMBOL};\n"
    "alignas(4) static const unsigned char bytes[] = {\n    ${_bytes}};\n"
    "const std::string_view ${SYMBOL}(reinterpret_cast<const char *>(bytes), sizeof(bytes));\n"
    "} // namespace tconv::embedded\n")
  file(RENAME "${OUTPUT}.new" "${OUTPUT}")
  return()
endif()

find_program(TCONV_BITCODE_CLANG NAMES clang++ clang++-22 HINTS "${LLVM_TOOLS_BINARY_DIR}"
             NO_CMAKE_SYSTEM_PATH DOC "The clang++ of the LLVM that tconv is built with" REQUIRED)
find_program(TCONV_LLVM_LINK NAMES llvm-link llvm-link-22 HINTS "${LLVM_TOOLS_BINARY_DIR}"
             NO_CMAKE_SYSTEM_PATH DOC "The llvm-link of the LLVM that tconv is built with" REQUIRED)

# Code that is linked with C only, into anything: no exceptions, no guards of statics.
set(TCONV_BITCODE_FLAGS -std=c++20 -O2 -DNDEBUG -fPIC -fno-exceptions -fno-rtti
  -fno-threadsafe-statics -fno-ident -fvisibility=hidden -Wall -Wextra -Wno-unused-parameter)

function(tconv_embed_bitcode symbol output)
  set(_modules)
  foreach(_source IN LISTS ARGN)
    get_filename_component(_name "${_source}" NAME_WE)
    set(_module "${CMAKE_CURRENT_BINARY_DIR}/${symbol}-${_name}.bc")
    # Without the folder of the checkout in the output, as its path is part of the module.
    add_custom_command(OUTPUT "${_module}"
      COMMAND "${TCONV_BITCODE_CLANG}" ${TCONV_BITCODE_FLAGS} -I "${PROJECT_SOURCE_DIR}/include"
              -emit-llvm -c "${_source}" -MD -MF "${_module}.d" -MT "${_module}" -o "${_module}"
      WORKING_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}"
      DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${_source}" DEPFILE "${_module}.d"
      COMMENT "Compiling ${_name} to bitcode" VERBATIM)
    list(APPEND _modules "${_module}")
  endforeach()
  set(_linked "${CMAKE_CURRENT_BINARY_DIR}/${symbol}.bc")
  add_custom_command(OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/${output}"
    COMMAND "${TCONV_LLVM_LINK}" ${_modules} -o "${_linked}"
    COMMAND "${CMAKE_COMMAND}" "-DSYMBOL=${symbol}" "-DINPUT=${_linked}"
            "-DOUTPUT=${CMAKE_CURRENT_BINARY_DIR}/${output}"
            -P "${PROJECT_SOURCE_DIR}/cmake/TconvBitcode.cmake"
    DEPENDS ${_modules} "${PROJECT_SOURCE_DIR}/cmake/TconvBitcode.cmake"
    COMMENT "Embedding ${symbol}" VERBATIM)
endfunction()
