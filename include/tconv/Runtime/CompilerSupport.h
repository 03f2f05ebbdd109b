//===- CompilerSupport.h - Functions that generated code may need --*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// LLVM calls these where the processor has no instruction for them. GCC's support
// library has them from version 13 on, and Debian 12 has version 12.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_RUNTIME_COMPILERSUPPORT_H
#define TCONV_RUNTIME_COMPILERSUPPORT_H

extern "C" {

/// __truncsfbf2 and __truncdfbf2: the number rounded to bfloat16, its bits in the low
/// half of the returned register, as the x86-64 calling convention has it.
float tconvTruncateFloatToBfloat16(float value);
float tconvTruncateDoubleToBfloat16(double value);
}

#endif // TCONV_RUNTIME_COMPILERSUPPORT_H
