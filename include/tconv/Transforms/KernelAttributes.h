//===- KernelAttributes.h - What passes tell the code generator ----*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_TRANSFORMS_KERNELATTRIBUTES_H
#define TCONV_TRANSFORMS_KERNELATTRIBUTES_H

namespace tconv {

/// The attribute of an LLVM function whose loops are written as they should run, with
/// vectors, as opposed to loops over single elements. On llvm.func it is a string in
/// `passthrough`.
inline constexpr char kernelAttribute[] = "tconv-kernel";

/// The same of a kernel whose loops carry their addresses along. If each function with a
/// loop has it, loop strength reduction is left out of code generation: it would take
/// half of the time and find nothing.
inline constexpr char carriedAddressesAttribute[] = "tconv-carried-addresses";

} // namespace tconv

#endif // TCONV_TRANSFORMS_KERNELATTRIBUTES_H
