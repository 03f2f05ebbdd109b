#!/usr/bin/env bash
# Builds with AddressSanitizer and UndefinedBehaviorSanitizer in build-asan/, and runs the unit tests
# of the libraries without MLIR and a sample of the suites on the CPU and on the emulator.
#   scripts/test-sanitized.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
no_arguments "$@"

# The areas of unittests whose tests link no MLIR.
mapfile -t areas < <(sed -n 's/^tconv_add_area(\([A-Za-z]*\) LINK Tconv.*/\1/p' unittests/CMakeLists.txt)
tests=()
for area in "${areas[@]}"; do
  if compgen -G "unittests/$area/*.cpp" >/dev/null; then tests+=("${area}Tests"); fi
done
((${#tests[@]} > 5)) || die "expected more than 5 areas, found: ${areas[*]}"

say "Configuring build-asan/"
cmake --preset asan
say "Building tconv-run and ${tests[*]}"
cmake --build --preset asan --target tconv-run "${tests[@]}"

export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
for test in "${tests[@]}"; do
  say "$test"
  "build-asan/unittests/${test%Tests}/$test" --gtest_brief=1
done

say "A sample of the suites"
# Kernels of the emulator that fail leave what their threads hold.
export ASAN_OPTIONS=detect_leaks=0
python=$(sed -n 's/^_Python3_EXECUTABLE:[A-Z]*=//p' build-asan/CMakeCache.txt)
export PYTHONPATH=test/Execution:test/Execution/Inputs
"${python:-python3}" -B test/Suites/Inputs/run.py --tool build-asan/bin/tconv-run \
  --every=20 --mode=cpu --mode='cpu phases' --mode='emulated late'
