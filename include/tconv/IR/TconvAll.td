//===- TconvAll.td - All definitions of the dialect --------*- tablegen -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

include "tconv/IR/TconvKernelOps.td"
include "tconv/IR/TconvOps.td"
