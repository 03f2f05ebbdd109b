#!/usr/bin/env bash
# Installs a build into a temporary folder and uses it from there as a stranger would:
# builds and runs examples/cmake-project and examples/c-layer, and runs the installed tconv-run.
#   scripts/test-install.sh [BUILD_DIR]
[[ $# -eq 0 || $1 == --help ]] || build=$(realpath -- "$1")
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
build=${build:-$PWD/build}
[[ -f $build/CMakeCache.txt ]] || die "$build is not a build folder"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
prefix=$folder/prefix
examples=$prefix/share/tconv/examples
compiler=$(sed -n 's/^CMAKE_CXX_COMPILER:[A-Z]*=//p' "$build/CMakeCache.txt")
c_compiler=$(sed -n 's/^CMAKE_C_COMPILER:[A-Z]*=//p' "$build/CMakeCache.txt")

say "Installing"
cmake --build "$build"
cmake --install "$build" --prefix "$prefix" >"$folder/install.log"

say "Building examples/cmake-project against it"
cmake -G Ninja -S "$examples/cmake-project" -B "$folder/example" \
  -DCMAKE_BUILD_TYPE=Release -DCMAKE_PREFIX_PATH="$prefix" \
  -DCMAKE_C_COMPILER="$c_compiler" -DCMAKE_CXX_COMPILER="$compiler"
cmake --build "$folder/example"
output=$("$folder/example/tconv-example")
printf '%s\n' "$output"
[[ $output == *"output size: 8x8"* ]] || die "the example does not print the output size"
[[ $output == *tconv.conv_transpose* ]] || die "the example does not print the operation"

say "Running the installed tconv-run"
"$prefix/bin/tconv-run" "$examples/question.mlir" | tee "$folder/installed.txt"
"$build/bin/tconv-run" examples/question.mlir >"$folder/built.txt"
[[ -s $folder/installed.txt ]] || die "tconv-run printed nothing"
cmp "$folder/installed.txt" "$folder/built.txt"

say "Building examples/c-layer with the installed tconv-compile"
TCONV_COMPILE=$prefix/bin/tconv-compile CC=$c_compiler "$examples/c-layer/build.sh" "$folder/c-layer"
"$folder/c-layer/main"
"$folder/c-layer/own-pool"
