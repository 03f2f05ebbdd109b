//===- TconvInterfaces.td - Interfaces of attributes -------*- tablegen -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_IR_TCONVINTERFACES_TD
#define TCONV_IR_TCONVINTERFACES_TD

include "mlir/IR/Interfaces.td"

def Tconv_KernelSchedule : AttrInterface<"KernelScheduleAttr"> {
  let cppNamespace = "::mlir::tconv";
  let description = [{
    How a kernel computes a layer, whatever it runs on: what the passes need that form
    kernels without looking into them.
  }];
  let methods = [
    InterfaceMethod<"The order in which the kernel reads a filter; sizes of x do not matter.",
                    "::tconv::FilterPacking", "getFilterPacking",
                    (ins "const ::tconv::Geometry &":$geometry)>,
    InterfaceMethod<"The type of the packed filter of a layer with this element type.",
                    "::mlir::Type", "getPackedElementType", (ins "::mlir::Type":$element)>];
}

#endif // TCONV_IR_TCONVINTERFACES_TD
