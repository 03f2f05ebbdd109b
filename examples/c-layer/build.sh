#!/bin/sh
# Compiles the layers and the two C programs into a folder.
#   build.sh FOLDER     uses $TCONV_COMPILE (default: tconv-compile) and $CC (default: cc)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$1
compile=${TCONV_COMPILE:-tconv-compile}
mkdir -p "$folder"
cd "$folder"

# One layer as an object file that becomes part of the programs, and one as a library.
"$compile" "$here/../question.mlir" -o question.o --header question.h
"$compile" "$here/layer.mlir" -o libupscale.so --header upscale.h

set -- -std=c11 -D_DEFAULT_SOURCE -O2 -Wall -Wextra -Werror -I.
${CC:-cc} "$@" "$here/main.c" question.o libupscale.so "-Wl,-rpath,$PWD" -lm -lpthread -o main
${CC:-cc} "$@" "$here/own-pool.c" libupscale.so "-Wl,-rpath,$PWD" -lm -lpthread -o own-pool
