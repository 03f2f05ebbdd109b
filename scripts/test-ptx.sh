#!/usr/bin/env bash
# Runs layers as programs for a GPU, the whole way through the CUDA driver's functions, on a PTX
# executor that stands in for the driver: random layers of each type, and the kernels of the fast
# tier at their edges. Build first.
#
#   scripts/test-ptx.sh [EXECUTOR] [LAYERS]
#
# EXECUTOR, or TCONV_PTX_EXECUTOR in the environment, is a library with those functions, or a folder
# with ptxvm.cpp, of which one is built; ../shared/ptxvm if nothing is said. Without it nothing is
# run. LAYERS is the number of random layers of each type, 12 by default.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

executor=${1:-${TCONV_PTX_EXECUTOR:-../shared/ptxvm}} layers=${2:-12}
if [[ ! -e $executor ]]; then
  echo "skipped: there is no $executor"
  exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [[ -d $executor ]]; then
  say "Building the executor"
  "${CXX:-c++}" -O2 -shared -fPIC -std=c++20 "$executor/ptxvm.cpp" -o "$work/libptxvm.so"
  executor=$work/libptxvm.so
fi

python=$(sed -n 's/^_Python3_EXECUTABLE:[A-Z]*=//p' build/CMakeCache.txt)
tests=test/Execution
failed=0
# run ASYNC WARPS SCRIPT OPTIONS...: when copies land, the order of warps, and what is run. No
# assembler is found, so that the driver gets PTX.
run() {
  local async=$1 warps=$2 script=$3
  shift 3
  say "$(basename "$script")" "$@"
  env -u CUDA_HOME -u CUDA_PATH PATH=/usr/bin:/bin TCONV_CACHE=0 \
    TCONV_CUDA_DRIVER="$(realpath "$executor")" PTXVM_ASYNC="$async" PTXVM_WARPS="$warps" \
    PYTHONPATH="$tests:$tests/Inputs" "${python:-python3}" -B "$script" \
    --tool "$PWD/build/bin/tconv-run" --dir "$work/$async-$warps" --flag=--target=cuda "$@" ||
    failed=1
}
run late reverse "$tests/Inputs/random_layers.py" --count "$layers"
run early random "$tests/Inputs/random_layers.py" --count "$layers" --flag=--allow-tf32 --seed 1
run late forward "$tests/Inputs/random_layers.py" --count "$layers" --algorithm phases
run early reverse "$tests/Inputs/random_layers.py" --count "$layers" --algorithm zero-insertion
run late random "$tests/gpu-kernels.py"
exit "$failed"
