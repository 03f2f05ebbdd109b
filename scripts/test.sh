#!/usr/bin/env bash
# Installs what is missing, builds, and runs every test. The last line of the output is
# 'N passed, N failed[, N skipped]'; the exit status is 0 only if tests ran and none failed.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
no_arguments "$@"

results=build/test/results.json

scripts/setup.sh --with-tests
scripts/build.sh -DTCONV_BUILD_TESTS=ON
say "Testing"
rm -f "$results"
status=0
cmake --build --preset default --target check-tconv || status=$?
[[ -f $results ]] || die "the tests did not run"
python3 scripts/summarize-tests.py "$results" || status=$?
exit "$status"
