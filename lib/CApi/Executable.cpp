//===- Executable.cpp - Compiled functions, for C -------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Arrays.h"
#include "Handles.h"
#include "Session.h"

#include "tconv/Pipelines/Remarks.h"

#include "llvm/ADT/STLExtras.h"

using namespace tconv;

namespace {

Result<Executable> compile(Session &session, const char *text, const TconvOptions &options) {
  auto module = session.parse(text);
  if (!module)
    return module.error();
  Result<EntryFunction> entry = findEntry(**module, options.entry);
  if (!entry)
    return entry.error();
  return Executable::compile(*entry, options.compile, options.device);
}

/// Runs with given memory for results, or gives tensors that own theirs.
Status run(const TconvExecutable &executable, const TconvPacked *packed, const TconvArray *arrays,
           TconvArray *results) {
  const EntryPoint &entry = executable.code.entryPoint();
  Result<std::vector<HostTensor>> inputs = viewArrays(entry.inputs, arrays, "input");
  if (!inputs)
    return inputs.error();
  std::vector<HostTensor> outputs(entry.results.size());
  if (entry.takesOutputs()) {
    Result<std::vector<HostTensor>> given = viewArrays(entry.results, results, "result");
    if (!given)
      return given.error();
    outputs = std::move(*given);
  }
  Status status = packed ? executable.code.run(*inputs, packed->filters, outputs)
                         : executable.code.run(*inputs, outputs);
  if (!status || entry.takesOutputs())
    return status;
  giveArrays(std::move(outputs), results);
  return success();
}

} // namespace

int tconvCompile(const char *module, const TconvOptions *given, TconvExecutable **executable) {
  *executable = nullptr;
  TconvOptions options = given ? *given : defaultOptions();
  Session session;
  if (options.remarks) {
    mlir::tconv::enableRemarks(session.getContext());
    options.compile.cache = false; // code from there skips the passes
  }
  Result<Executable> code = compile(session, module, options);
  if (!code)
    return report(session.explain(code.error()));
  std::string where = code->where();
  *executable = new TconvExecutable{std::move(*code), session.remarks(), std::move(where)};
  return TCONV_OK;
}

void tconvExecutableFree(TconvExecutable *executable) { delete executable; }

int tconvExecutableGetNumInputs(const TconvExecutable *executable) {
  return static_cast<int>(executable->code.entryPoint().inputs.size());
}

int tconvExecutableGetNumResults(const TconvExecutable *executable) {
  return static_cast<int>(executable->code.entryPoint().results.size());
}

int tconvExecutableGetInput(const TconvExecutable *executable, int number, TconvTensorType *type) {
  return report(describeType(executable->code.entryPoint().inputs, number, "input", *type));
}

int tconvExecutableGetResult(const TconvExecutable *executable, int number, TconvTensorType *type) {
  return report(describeType(executable->code.entryPoint().results, number, "result", *type));
}

int tconvExecutableIsConstantInput(const TconvExecutable *executable, int number) {
  return llvm::is_contained(executable->code.constantInputs(), static_cast<uint32_t>(number));
}

int tconvExecutableTakesResults(const TconvExecutable *executable) {
  return executable->code.entryPoint().takesOutputs();
}

const char *tconvExecutableGetRemarks(const TconvExecutable *executable) {
  return executable->remarks.c_str();
}

const char *tconvExecutableGetWhere(const TconvExecutable *executable) {
  return executable->where.c_str();
}

int tconvExecutablePack(const TconvExecutable *executable, const TconvArray *arrays,
                        TconvPacked **packed) {
  *packed = nullptr;
  auto inputs = viewArrays(executable->code.entryPoint().inputs, arrays, "input");
  if (!inputs)
    return report(inputs.error());
  Result<std::vector<HostTensor>> filters = executable->code.pack(*inputs);
  if (!filters)
    return report(filters.error());
  *packed = new TconvPacked{std::move(*filters)};
  return TCONV_OK;
}

void tconvPackedFree(TconvPacked *packed) { delete packed; }

int tconvExecutableRun(const TconvExecutable *executable, const TconvPacked *packed,
                       const TconvArray *inputs, TconvArray *results) {
  return report(run(*executable, packed, inputs, results));
}
