//===- Executable.h - Compiled functions, for Python ---------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_PYTHON_EXECUTABLE_H
#define TCONV_PYTHON_EXECUTABLE_H

#include "Arrays.h"
#include "Errors.h"

#include <atomic>
#include <memory>
#include <string>
#include <vector>

namespace tconv::python {

/// Inputs that stay the same: packed, and where they are.
struct Packed {
  std::shared_ptr<TconvPacked> handle;
  /// The numbers of these inputs, and a view of each; `held` keeps their memory.
  std::vector<int> numbers;
  std::vector<TconvArray> views;
  std::vector<Array> held;
};

/// A compiled function. Runs need the GIL to start, and none while they compute.
class Executable {
public:
  /// Compiles without the GIL; raises what is wrong.
  static std::unique_ptr<Executable> compile(const std::string &module, nanobind::dict options);

  std::vector<TensorType> inputs, results;
  std::vector<int> constantInputs;
  bool takesResults;

  std::string remarks() const { return tconvExecutableGetRemarks(code()); }
  std::string where() const { return tconvExecutableGetWhere(code()); }

  /// Packs the constant inputs, given in their order.
  Packed pack(nanobind::tuple constants) const;
  /// Runs with arrays for all inputs, or for those that are not packed, and writes to those of the
  /// results.
  void run(const Packed *packed, nanobind::tuple arrays, nanobind::tuple outputs) const;
  /// The same for results of dynamic sizes, which are arrays of numpy's.
  nanobind::list runDynamic(const Packed *packed, nanobind::tuple arrays) const;

  /// \name The same with addresses, for callers that have made sure of types and sizes, all of them
  /// static. Packed inputs are given, too; `kept` keeps the memory, and this.
  /// @{
  Packed packAt(nanobind::tuple addresses) const;
  void runAt(const Packed *packed, nanobind::tuple addresses, nanobind::tuple outputs,
             nanobind::object kept) const;
  /// @}

private:
  /// What a run uses of it, which may outlive it.
  struct State {
    std::shared_ptr<TconvExecutable> code;
    /// What the last run took; the first one may last.
    std::atomic<int64_t> lastNanoseconds;
  };
  struct Frame;

  explicit Executable(std::shared_ptr<TconvExecutable> code);

  /// Packs with views of all inputs.
  std::shared_ptr<TconvPacked> callPack(const std::vector<TconvArray> &views) const;
  /// Views of all inputs, of which the packed ones are not among `arrays`.
  void placeInputs(Frame &frame, const Packed *packed, nanobind::tuple arrays) const;
  /// Runs without the GIL: on another thread if it may last.
  void call(const std::shared_ptr<Frame> &frame, const Packed *packed) const;

  TconvExecutable *code() const { return state->code.get(); }

  std::shared_ptr<State> state;
};

} // namespace tconv::python

#endif // TCONV_PYTHON_EXECUTABLE_H
