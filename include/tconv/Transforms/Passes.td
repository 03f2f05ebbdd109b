//===- Passes.td - Passes of tconv -------------------------*- tablegen -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A file for each stage, named like it; stages and their passes stand in the order in which the
// pipelines run them. One stem names a pass everywhere: the def (plus "Pass"), <Stem>.cpp in
// lib/Transforms or its folder Cpu or Gpu, the flag --tconv-<stem>, <stem>.mlir in the same folder
// of test/Transforms, and the category of its remarks.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_TRANSFORMS_PASSES_TD
#define TCONV_TRANSFORMS_PASSES_TD

include "tconv/Transforms/Passes/Decomposed.td"
include "tconv/Transforms/Passes/Tiled.td"
include "tconv/Transforms/Passes/Bufferized.td"
include "tconv/Transforms/Passes/Loops.td"
include "tconv/Transforms/Passes/LLVM.td"
include "tconv/Transforms/Passes/Launches.td"
include "tconv/Transforms/Passes/Outlined.td"
include "tconv/Transforms/Passes/NVVM.td"
include "tconv/Transforms/Passes/PTX.td"

#endif // TCONV_TRANSFORMS_PASSES_TD
