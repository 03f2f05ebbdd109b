// RUN: not tconv-opt %s -tconv-pipeline="algorithm=fast" 2>&1 | FileCheck %s --check-prefix=ALGORITHM
// RUN: not tconv-opt %s -tconv-pipeline="stop-after=somewhere" 2>&1 | FileCheck %s --check-prefix=STAGE
// RUN: not tconv-opt %s -pass-pipeline="builtin.module(tconv-pipeline{colour=red})" 2>&1 | FileCheck %s --check-prefix=NAME

// Options that do not exist are refused, and named.
// ALGORITHM: for the --algorithm option: {{.*}}'fast'
// STAGE: error: tconv-pipeline: expected a stage of the target cpu after stop-after=, got 'somewhere'
// NAME: no such option colour
