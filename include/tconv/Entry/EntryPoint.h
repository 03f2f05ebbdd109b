//===- EntryPoint.h - What a function takes and gives --------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The tensors that an entry function takes and gives, in terms of the host. Read off
// the function before it is lowered; inputs are checked against it before a run.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_ENTRY_ENTRYPOINT_H
#define TCONV_ENTRY_ENTRYPOINT_H

#include "tconv/HostTensor/TensorSpec.h"
#include "tconv/Support/Result.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

#include <string>
#include <vector>

namespace tconv {

/// In front of the name of a function in the LLVM dialect: the same function with C's types.
inline constexpr const char *cInterfacePrefix = "_mlir_ciface_";

struct EntryPoint {
  std::string name;
  std::vector<TensorSpec> inputs;
  std::vector<TensorSpec> results;
  /// Whether the function was written with buffers in place of tensors, and returns its own.
  bool returnsBuffers = false;

  /// Whether the function writes its results to memory of the caller's, as
  /// `tconv-results-to-arguments` has it.
  bool takesOutputs() const;

  /// The signature of a function; an error if it is not of ranked tensors of
  /// supported element types. A function of a module that launches kernels may have
  /// buffers in C order instead, and one that has passed a stage may be on buffers or in the
  /// LLVM dialect if it says how it is called (tconv/IR/Signature.h).
  static Result<EntryPoint> of(mlir::FunctionOpInterface function);
};

/// A function of a module that is compiled and run.
struct EntryFunction {
  mlir::ModuleOp module;
  mlir::FunctionOpInterface function; ///< until the module is lowered further
  EntryPoint entry;
  /// The numbers of the inputs marked tconv.constant, which are packed.
  std::vector<uint32_t> packInputs;

  /// Puts a copy of its module into `copy`, and gives the function there.
  EntryFunction copyTo(mlir::OwningOpRef<mlir::ModuleOp> &copy) const;
  /// The function in the func dialect, as findEntry finds it; null once it is lowered to LLVM's.
  mlir::func::FuncOp asFunc() const;
  /// The same if it is on tensors; null if it has passed a stage that leaves none.
  mlir::func::FuncOp onTensors() const;
};

/// The function called `name` or, if that is empty, the only public one, or "main"
/// if there are several; an error if it has no EntryPoint.
Result<EntryFunction> findEntry(mlir::ModuleOp module, const std::string &name);

/// The same of a module that has passed any stage, be it the last one.
Result<EntryFunction> findEntryOfAnyStage(mlir::ModuleOp module, const std::string &name);

/// Whether a module launches kernels: it is then for a GPU, and has passed the stage outlined.
bool launchesKernels(mlir::ModuleOp module);

/// Tensors to hold the results of a run: of the right sizes if the function takes them, and
/// otherwise empty ones, to be replaced.
Result<std::vector<HostTensor>> allocateOutputs(const EntryPoint &entry);

/// Tensors of bytes to hold packed filters.
Result<std::vector<HostTensor>> allocatePacked(const std::vector<int64_t> &bytes);

/// Checks number, types and shapes of the inputs.
Status checkInputs(const EntryPoint &entry, const std::vector<HostTensor> &inputs);

/// The same of inputs that were read from these files: the error names the one that does not fit
/// and, if its type does not, what numpy has to do.
Status checkInputFiles(const EntryPoint &entry, const std::vector<HostTensor> &inputs,
                       const std::vector<std::string> &paths);

/// Checks number, types and shapes of the tensors for results of static sizes.
Status checkOutputs(const EntryPoint &entry, const std::vector<HostTensor> &outputs);

/// Inputs of pseudo-random numbers, which depend on the seed alone. An error if a
/// shape is dynamic.
Result<std::vector<HostTensor>> randomInputs(const EntryPoint &entry, uint64_t seed);

} // namespace tconv

#endif // TCONV_ENTRY_ENTRYPOINT_H
