#!/usr/bin/env bash
# Runs the layers of other projects' tests on the CPU and on the emulated GPU, in all modes; build
# with the tests first. The options are those of test/Suites/Inputs/run.py (--help lists them).
own_help=1
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

python=$(sed -n 's/^_Python3_EXECUTABLE:[A-Z]*=//p' build/CMakeCache.txt)
export PYTHONPATH=test/Execution:test/Execution/Inputs
exec "${python:-python3}" -B test/Suites/Inputs/run.py --tool build/bin/tconv-run "$@"
