//===- Modules.cpp - Modules as texts -------------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Handles.h"
#include "Session.h"

#include "tconv/Problem/Descriptor.h"

#include "llvm/Support/raw_ostream.h"

#include <cstdlib>
#include <cstring>

using namespace tconv;

namespace {

Result<std::string> layerText(const char *descriptor, bool constantWeights) {
  Result<ProblemDescriptor> parsed = parseDescriptor(descriptor);
  if (!parsed)
    return parsed.error();
  Result<Problem> problem = createProblem(*parsed);
  if (!problem)
    return problem.error();
  return moduleText(*problem, constantWeights);
}

Result<std::string> stageText(const char *text, const TconvOptions &options, const char *name) {
  auto target = options.compile.target.kind;
  std::optional<mlir::tconv::Stage> stage = mlir::tconv::symbolizeStage(name, target);
  if (!stage) {
    std::string names;
    for (const mlir::tconv::StageInfo &info : mlir::tconv::getStages(target))
      names += (names.empty() ? "" : ", ") + info.name.str();
    return Error{"expected one of the stages " + names + ", got '" + name + "'"};
  }
  Session session;
  auto module = session.parse(text);
  if (!module)
    return session.explain(module.error());
  if (Status status = runPasses(**module, options.compile, *stage); !status)
    return session.explain(status.error());
  std::string result;
  llvm::raw_string_ostream(result) << **module << "\n";
  return result;
}

} // namespace

static char *copyText(const std::string &text) {
  auto *copy = static_cast<char *>(std::malloc(text.size() + 1));
  if (copy)
    std::memcpy(copy, text.c_str(), text.size() + 1);
  return copy;
}

int tconv::giveText(const Result<std::string> &made, char **text) {
  *text = nullptr;
  if (!made)
    return report(made.error());
  *text = copyText(*made);
  return TCONV_OK;
}

int tconvLayerToModule(const char *descriptor, int constantWeights, char **text) {
  return giveText(layerText(descriptor, constantWeights != 0), text);
}

int tconvModuleToStage(const char *module, const TconvOptions *options, const char *stage,
                       char **text) {
  return giveText(stageText(module, options ? *options : defaultOptions(), stage), text);
}

void tconvTextFree(char *text) { std::free(text); }
