#!/bin/sh
# Compiles the layer and the C program into a folder.
#   build.sh FOLDER     uses $TCONV_COMPILE (default: tconv-compile), $CC (default: cc) and the
#                       installation in $TCONV_PREFIX (default: /usr/local)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$1
prefix=${TCONV_PREFIX:-/usr/local}
library=${TCONV_LIBRARY_DIR:-$prefix/lib}
mkdir -p "$folder"
cd "$folder"

compile=${TCONV_COMPILE:-tconv-compile}
"$compile" "$here/../c-layer/layer.mlir" --target=cuda \
  --arch=sm_80,sm_90 -o layer.tcgpu
# For the sizes, which the check needs too.
"$compile" "$here/../c-layer/layer.mlir" -o upscale.o --header upscale.h
${CC:-cc} -std=c11 -O2 -Wall -Wextra -Werror -I. -I"${TCONV_INCLUDE_DIR:-$prefix/include}" \
  "$here/main.c" -L"$library" -ltconv-device "-Wl,-rpath,$library" -lm -o main
