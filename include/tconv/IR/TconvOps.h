//===- TconvOps.h - Operations of the tconv dialect ----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_IR_TCONVOPS_H
#define TCONV_IR_TCONVOPS_H

#include "tconv/Geometry/Geometry.h"
#include "tconv/IR/TconvDialect.h"
#include "tconv/Problem/Problem.h"
#include "tconv/Schedule/FilterPacking.h"
#include "tconv/Schedule/GpuSchedule.h"
#include "tconv/Schedule/Schedule.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/Dialect/Bufferization/IR/BufferizableOpInterface.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/DestinationStyleOpInterface.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "tconv/IR/TconvEnums.h.inc"

#include "tconv/IR/TconvAttrInterfaces.h.inc"

#define GET_ATTRDEF_CLASSES
#include "tconv/IR/TconvAttributes.h.inc"

#define GET_OP_CLASSES
#include "tconv/IR/TconvOps.h.inc"

#endif // TCONV_IR_TCONVOPS_H
