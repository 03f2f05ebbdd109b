//===- RunFiles.cpp - The tensors of a run in files -----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RunFiles.h"

#include "tconv/HostTensor/Npy.h"
#include "tconv/HostTensor/Print.h"

#include "llvm/Support/raw_ostream.h"

using namespace tconv;

Result<std::vector<HostTensor>> tconv::readInputs(const EntryPoint &entry, const RunFiles &files,
                                                  const RunOptions &options) {
  if (files.inputs.empty())
    return randomInputs(entry, options.seed);
  std::vector<HostTensor> inputs;
  for (const std::string &path : files.inputs) {
    Result<HostTensor> tensor = readNpy(path);
    if (!tensor)
      return tensor.error();
    inputs.push_back(std::move(*tensor));
  }
  return inputs;
}

Status tconv::writeOutputs(const RunFiles &files, const std::vector<HostTensor> &results,
                           llvm::raw_ostream &out) {
  for (auto [path, tensor] : llvm::zip(files.outputs, results))
    if (Status status = writeNpy(path, tensor); !status)
      return status;
  if (!files.outputs.empty())
    return success();
  for (const HostTensor &tensor : results)
    out << formatNumpy(tensor) << "\n";
  return success();
}

Status tconv::checkFiles(const EntryPoint &entry, const RunFiles &files,
                         const std::vector<HostTensor> &inputs) {
  if (!files.outputs.empty() && files.outputs.size() != entry.results.size())
    return Error{"expected as many --output files as @" + entry.name + " has results, " +
                 std::to_string(entry.results.size()) + ", got " +
                 std::to_string(files.outputs.size())};
  for (const std::string &path : files.outputs)
    if (path.empty())
      return Error{"expected a path after --output, got an empty one"};
  return checkInputFiles(entry, inputs, files.inputs);
}
