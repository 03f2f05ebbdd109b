//===- OmittedTargets.cpp - Targets that the Python package does without --===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Registering all dialects registers how GPU modules are compiled for AMD's, Intel's and Khronos's
// targets, which links their code generators: 27 MB that nothing here calls. These take the place
// of the registrations, whose files are then not taken out of MLIR's archives.
//
//===----------------------------------------------------------------------===//

#include "mlir/Target/LLVM/ROCDL/Target.h"
#include "mlir/Target/LLVM/XeVM/Target.h"
#include "mlir/Target/SPIRV/Target.h"

void mlir::ROCDL::registerROCDLTargetInterfaceExternalModels(DialectRegistry &) {}
void mlir::xevm::registerXeVMTargetInterfaceExternalModels(DialectRegistry &) {}
void mlir::spirv::registerSPIRVTargetInterfaceExternalModels(DialectRegistry &) {}
