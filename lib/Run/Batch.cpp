//===- Batch.cpp - Many runs in one process --------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One process runs all cases of a manifest, for test drivers whose cases are too small for a
// process each. A case that fails leaves its status in a file and does not stop the others.
//
//===----------------------------------------------------------------------===//

#include "tconv/Run/Driver.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

using namespace tconv;

namespace {

struct BatchCase {
  std::string id;
  RunFiles files;
  std::string status;
};

bool fromJSON(const llvm::json::Value &value, BatchCase &result, llvm::json::Path path) {
  llvm::json::ObjectMapper map(value, path);
  result.files.outputs.emplace_back();
  return map && map.mapOptional("id", result.id) && map.map("mlir", result.files.module) &&
         map.map("inputs", result.files.inputs) && map.map("output", result.files.outputs[0]) &&
         map.map("status", result.status);
}

Result<std::vector<BatchCase>> readManifest(const std::string &path) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/true);
  if (!buffer)
    return Error{path + ": " + buffer.getError().message()};
  auto json = llvm::json::parse((*buffer)->getBuffer());
  if (!json)
    return Error{path + ": expected a JSON manifest: " + toString(json.takeError())};
  std::vector<BatchCase> cases;
  llvm::json::Path::Root root("manifest");
  llvm::json::ObjectMapper map(*json, root);
  if (!map || !map.map("cases", cases))
    return Error{path + ": " + toString(root.getError())};
  return cases;
}

/// The first line of an error, with its place in the source.
std::string describe(mlir::Diagnostic &diagnostic) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  stream << diagnostic.getLocation() << ": " << diagnostic;
  return text.substr(0, text.find('\n'));
}

Status runCase(mlir::MLIRContext &context, const BatchCase &batchCase, const RunOptions &options,
               RunStreams streams) {
  std::string diagnosed;
  mlir::ScopedDiagnosticHandler handler(&context, [&](mlir::Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() == mlir::DiagnosticSeverity::Error && diagnosed.empty())
      diagnosed = describe(diagnostic);
    return mlir::success();
  });
  Status status = run(context, batchCase.files, options, streams);
  if (status || diagnosed.empty())
    return status;
  return Error{diagnosed, status.error().unsupported};
}

Status writeStatus(const std::string &path, const Error &error) {
  std::error_code code;
  llvm::raw_fd_ostream stream(path, code);
  if (!code)
    stream << (error.unsupported ? "unsupported: " : "error: ") << error.message << "\n";
  stream.close();
  if (!code && !stream.has_error())
    return success();
  std::string reason = (code ? code : stream.error()).message();
  stream.clear_error();
  return Error{path + ": " + reason};
}

} // namespace

Status tconv::runBatch(mlir::MLIRContext &context, const std::string &manifest,
                       const RunOptions &options, RunStreams streams) {
  Result<std::vector<BatchCase>> cases = readManifest(manifest);
  if (!cases)
    return cases.error();
  size_t done = 0;
  for (const BatchCase &batchCase : *cases) {
    Status status = runCase(context, batchCase, options, streams);
    done += status.ok();
    if (status)
      continue;
    if (Status written = writeStatus(batchCase.status, status.error()); !written)
      return written;
  }
  streams.log << done << " of " << cases->size() << " cases ran\n";
  return success();
}
