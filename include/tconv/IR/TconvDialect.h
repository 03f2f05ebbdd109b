//===- TconvDialect.h - The tconv dialect --------------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_IR_TCONVDIALECT_H
#define TCONV_IR_TCONVDIALECT_H

#include "mlir/IR/Dialect.h"

#include "tconv/IR/TconvDialect.h.inc"

#endif // TCONV_IR_TCONVDIALECT_H
