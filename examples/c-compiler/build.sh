#!/bin/sh
# Compiles the C program into a folder.
#   build.sh FOLDER     uses $CC (default: cc) and the installation in $TCONV_PREFIX (default:
#                       /usr/local)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$1
prefix=${TCONV_PREFIX:-/usr/local}
library=${TCONV_LIBRARY_DIR:-$prefix/lib}
mkdir -p "$folder"

${CC:-cc} -std=c11 -O2 -Wall -Wextra -Werror -I"${TCONV_INCLUDE_DIR:-$prefix/include}" \
  "$here/main.c" -L"$library" -ltconv "-Wl,-rpath,$library" -lm -lpthread -o "$folder/main"
