//===- Executable.h - A compiled function --------------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_EXECUTION_EXECUTABLE_H
#define TCONV_EXECUTION_EXECUTABLE_H

#include "tconv/CodeGen/Compiler.h"
#include "tconv/Execution/Code.h"
#include "tconv/Execution/Platform.h"

namespace tconv {

/// A compiled entry function.
class Executable {
public:
  /// Compiles a function, whose module the passes change. What is wrong with the module is
  /// emitted as MLIR diagnostics, and summarised in the error. `device` is for code of GPUs.
  static Result<Executable> compile(const EntryFunction &entry, const CompileOptions &options,
                                    const DeviceOptions &device = {});

  /// Loads a compiled program onto a GPU.
  static Result<Executable> load(std::vector<ProgramFile> programs, const TargetOptions &target,
                                 const DeviceOptions &device = {});

  /// Tensors to hold the results of `run`: of the right sizes if those are all static,
  /// and otherwise empty ones, which `run` replaces.
  Result<std::vector<HostTensor>> allocateOutputs() const;

  /// Whether inputs marked tconv.constant are packed before the function runs.
  bool hasPacking() const { return !code->packedBytes().empty(); }
  /// Packs the inputs marked tconv.constant: once, for any number of runs with the same
  /// values of them. All inputs are given; the others are not looked at.
  Result<std::vector<HostTensor>> pack(const std::vector<HostTensor> &inputs) const;
  /// The same into tensors of bytes, of the sizes that the former gives.
  Status pack(const std::vector<HostTensor> &inputs, std::vector<HostTensor> &packed) const;
  /// Runs the function as below, with filters that `pack` gave.
  Status run(const std::vector<HostTensor> &inputs, const std::vector<HostTensor> &packed,
             std::vector<HostTensor> &outputs) const;

  /// Runs the function, from `inputs` to `outputs` as `allocateOutputs` makes them. If
  /// all results have static sizes, they are written in place: no tensor is allocated
  /// or copied. Shapes and types are checked first; sizes that turn out to contradict
  /// each other and a lack of memory are errors too, after which the outputs hold
  /// anything. Safe to call from several threads.
  Status run(const std::vector<HostTensor> &inputs, std::vector<HostTensor> &outputs) const;

  /// The same with outputs of its own.
  Result<std::vector<HostTensor>> run(const std::vector<HostTensor> &inputs) const;

  /// Prepares runs with these inputs, which outlive them, to be timed.
  Result<std::unique_ptr<PreparedRun>> prepare(const std::vector<HostTensor> &inputs) const;

  const EntryPoint &entryPoint() const { return entry; }
  /// The numbers of the inputs marked tconv.constant, in ascending order.
  const std::vector<uint32_t> &constantInputs() const { return constants; }
  const CompileTimes &times() const { return compileTimes; }
  /// On what it runs, for people.
  std::string where() const { return code->where(); }

private:
  Executable(EntryPoint entry, std::vector<uint32_t> constants, std::unique_ptr<Code> code,
             CompileTimes times)
      : entry(std::move(entry)), constants(std::move(constants)), code(std::move(code)),
        compileTimes(times) {}

  /// With inputs that have been checked.
  Result<std::vector<HostTensor>> packChecked(const std::vector<HostTensor> &inputs) const;
  Status packAndRun(const std::vector<HostTensor> &inputs, std::vector<HostTensor> &outputs) const;

  EntryPoint entry;
  std::vector<uint32_t> constants;
  std::unique_ptr<Code> code;
  CompileTimes compileTimes;
};

} // namespace tconv

#endif // TCONV_EXECUTION_EXECUTABLE_H
