//===- JsonReport.cpp - Results for programs ------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Bench/Report.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>

using namespace tconv;
using namespace tconv::bench;

namespace json = llvm::json;

namespace {

/// A number with no more digits than it deserves. JSON has no infinities and nans.
void number(json::OStream &stream, llvm::StringRef key, double value) {
  stream.attributeBegin(key);
  stream.rawValue([value](llvm::raw_ostream &raw) {
    if (std::isfinite(value))
      raw << llvm::format("%.6g", value);
    else
      raw << "null";
  });
  stream.attributeEnd();
}

/// A count, all of whose digits are exact.
void count(json::OStream &stream, llvm::StringRef key, double value) {
  stream.attributeBegin(key);
  stream.rawValue(formatCount(value));
  stream.attributeEnd();
}

void writeMachine(json::OStream &stream, const Machine &machine, const LayerResult &result) {
  stream.attribute("cpu", machine.processor());
  stream.attribute("threads", machine.threads());
  stream.attribute("instructions", result.peak.instructions);
  number(stream, "peak_gflops", result.peak.operationsPerSecond * 1e-9);
  number(stream, "peak_gflops_before", result.peakBefore * 1e-9);
  number(stream, "peak_gflops_after", result.peakAfter * 1e-9);
  number(stream, "copy_gbs", result.copyRate * 1e-9);
}

void writeResult(json::OStream &stream, const LayerResult &result) {
  const Problem &problem = result.problem;
  stream.attribute("name", result.name);
  stream.attribute("descriptor", formatDescriptor(problem));
  stream.attribute("type", std::string(name(problem.type)));
  stream.attribute("layout", problem.layout == TensorLayout::ChannelsLast ? "channels_last"
                                                                          : "channels_first");
  number(stream, "ms", result.best * 1e3);
  number(stream, "med_ms", result.median * 1e3);
  stream.attribute("reps", result.runs);
  count(stream, "flops_exact", problem.usefulOperations());
  count(stream, "bytes", problem.bytes());
  number(stream, "gflops", result.operationsPerSecond() * 1e-9);
  number(stream, "percent_of_peak", result.shareOfPeak() * 100);
  number(stream, "roofline_ms", result.rooflineTime() * 1e3);
  number(stream, "ratio", result.ratio());
  stream.attribute("bound", result.isMemoryBound() ? "memory" : "compute");
  number(stream, "compile_ms", result.compile * 1e3);
  number(stream, "pack_ms", result.pack * 1e3);
  if (!result.check.empty())
    stream.attribute("check", result.check);
}

} // namespace

std::string bench::formatJson(const Machine &machine, const LayerResult &result) {
  std::string text;
  llvm::raw_string_ostream raw(text);
  json::OStream stream(raw);
  stream.object([&] {
    writeResult(stream, result);
    stream.attributeObject("machine", [&] { writeMachine(stream, machine, result); });
  });
  return text;
}

std::string bench::formatJson(const std::string &layer, const Error &error) {
  std::string text;
  llvm::raw_string_ostream raw(text);
  json::OStream stream(raw);
  stream.object([&] {
    stream.attribute("name", layer);
    stream.attribute("error", error.message);
    stream.attribute("unsupported", error.unsupported);
  });
  return text;
}
