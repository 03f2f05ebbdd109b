#!/usr/bin/env bash
# From a bare machine to a first result: installs what is missing, builds tconv-run, and runs the
# transposed convolution of examples/question.mlir, which prints its 8x8 result; then builds
# tconv-explain. scripts/build.sh builds the other tools.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
no_arguments "$@"

scripts/setup.sh
scripts/build.sh -DTCONV_BUILD_TESTS=OFF tconv-run
say "build/bin/tconv-run examples/question.mlir"
build/bin/tconv-run examples/question.mlir
scripts/build.sh -DTCONV_BUILD_TESTS=OFF tconv-explain
