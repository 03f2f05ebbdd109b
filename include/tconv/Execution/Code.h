//===- Code.h - Compiled code, wherever it runs --------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_EXECUTION_CODE_H
#define TCONV_EXECUTION_CODE_H

#include "tconv/HostTensor/HostTensor.h"
#include "tconv/Support/Result.h"

#include <memory>
#include <vector>

namespace tconv {

/// A run whose operands are where the code wants them: packed, and in its memory.
class PreparedRun {
public:
  virtual ~PreparedRun() = default;
  /// Runs once, waits for the end, and gives the seconds that it took.
  virtual Result<double> run() = 0;
};

/// Code of an entry function. Inputs and outputs have been checked by the caller (Executable).
class Code {
public:
  virtual ~Code() = default;

  /// The bytes of each filter that is packed before the function runs.
  virtual const std::vector<int64_t> &packedBytes() const = 0;
  /// Packs those inputs that are marked tconv.constant, into tensors of these bytes.
  virtual Status pack(const std::vector<HostTensor> &inputs,
                      std::vector<HostTensor> &packed) const = 0;
  /// Outputs are written in place if the function takes them, and are replaced otherwise.
  virtual Status run(const std::vector<HostTensor> &inputs, const std::vector<HostTensor> &packed,
                     std::vector<HostTensor> &outputs) const = 0;
  /// Prepares runs with these inputs, which outlive them.
  virtual Result<std::unique_ptr<PreparedRun>>
  prepare(const std::vector<HostTensor> &inputs) const = 0;
  /// On what it runs, for people: "2 threads", "NVIDIA H100".
  virtual std::string where() const = 0;
};

/// An error of a run, with the shapes of the inputs, which it may come from.
Error describeFailure(const Error &error, const std::vector<HostTensor> &inputs);

} // namespace tconv

#endif // TCONV_EXECUTION_CODE_H
