# tconv_embed(TARGET SYMBOL files...): adds to TARGET the text of the files, one after
# the other, as `extern const std::string_view tconv::embedded::SYMBOL`. The generated
# source is made at build time by this file, run as a script.

function(tconv_embed target symbol)
  set(_output "${CMAKE_CURRENT_BINARY_DIR}/${symbol}.cpp")
  set(_files ${ARGN})
  list(TRANSFORM _files PREPEND "${CMAKE_CURRENT_SOURCE_DIR}/")
  list(JOIN _files "|" _joined)
  add_custom_command(OUTPUT "${_output}"
    COMMAND "${CMAKE_COMMAND}" "-DSYMBOL=${symbol}" "-DOUTPUT=${_output}" "-DFILES=${_joined}"
            -P "${CMAKE_CURRENT_FUNCTION_LIST_FILE}"
    DEPENDS ${_files} "${CMAKE_CURRENT_FUNCTION_LIST_FILE}"
    COMMENT "Embedding ${symbol}" VERBATIM)
  target_sources(${target} PRIVATE "${_output}")
endfunction()

# Writes the text of a file as raw string literals of whole lines, each at most about
# 8000 bytes long since compilers limit them.
function(_tconv_append_literals file output)
  file(READ "${file}" _text)
  string(FIND "${_text}" ")tconv\"" _end)
  if(NOT _end EQUAL -1)
    message(FATAL_ERROR "cannot embed ${file}: it contains the end of a raw string literal")
  endif()
  string(LENGTH "${_text}" _left)
  while(_left GREATER 0)
    set(_size ${_left})
    if(_left GREATER 8000)
      string(SUBSTRING "${_text}" 0 8000 _piece)
      string(FIND "${_piece}" "\n" _newline REVERSE)
      if(_newline EQUAL -1)
        string(FIND "${_text}" "\n" _newline)
      endif()
      if(NOT _newline EQUAL -1)
        math(EXPR _size "${_newline} + 1")
      endif()
    endif()
    string(SUBSTRING "${_text}" 0 ${_size} _piece)
    string(SUBSTRING "${_text}" ${_size} -1 _text)
    file(APPEND "${output}" "    R\"tconv(${_piece})tconv\"\n")
    math(EXPR _left "${_left} - ${_size}")
  endwhile()
endfunction()

if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  file(WRITE "${OUTPUT}.new" "// Made by cmake/TconvEmbed.cmake.\n"
    "#include <string_view>\n\nnamespace tconv::embedded {\n"
    "extern const std::string_view ${SYMBOL};\n"
    "static const char text[] =\n")
  string(REPLACE "|" ";" FILES "${FILES}")
  foreach(_file IN LISTS FILES)
    _tconv_append_literals("${_file}" "${OUTPUT}.new")
  endforeach()
  file(APPEND "${OUTPUT}.new" "    ;\nconst std::string_view ${SYMBOL}(text, sizeof(text) - 1);\n"
    "} // namespace tconv::embedded\n")
  file(RENAME "${OUTPUT}.new" "${OUTPUT}")
endif()
