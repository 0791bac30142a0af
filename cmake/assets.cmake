# Run as a script: builds text files into a source file, each as a function that returns it.
#   cmake -DOUTPUT=FILE.cpp -DFOLDER=DIR "-DASSETS=function:file;…" -P assets.cmake
set(text "// Made by cmake/assets.cmake from ${FOLDER}.\n#include \"report/assets.h\"\n\nnamespace tinymlp::program {\n\n")
foreach(asset ${ASSETS})
  string(REPLACE ":" ";" asset ${asset})
  list(GET asset 0 function)
  list(GET asset 1 file)
  file(READ ${FOLDER}/${file} bytes HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" bytes "${bytes}")
  file(SIZE ${FOLDER}/${file} size)
  string(APPEND text "std::string_view ${function}() {\n  return {\"${bytes}\", ${size}};\n}\n\n")
endforeach()
string(APPEND text "}  // namespace tinymlp::program\n")
file(WRITE ${OUTPUT} "${text}")
