//===- Explain.cpp - Where the numbers of a layer come from, for C --------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Arrays.h"
#include "Handles.h"
#include "Session.h"

#include "tconv/Entry/EntryPoint.h"
#include "tconv/Explain/Describe.h"
#include "tconv/Explain/Page.h"
#include "tconv/Explain/Svg.h"
#include "tconv/ExplainModule/LayerOfModule.h"
#include "tconv/ExplainModule/PipelineReport.h"
#include "tconv/Pipelines/Remarks.h"

using namespace tconv;

namespace {

/// What is to be explained, and how.
struct Question {
  const TconvArray *inputs;
  int numInputs;
  const char *at, *form, *title;
};

Result<std::vector<HostTensor>> viewInputs(mlir::ModuleOp module, const std::string &name,
                                           const Question &question) {
  if (!question.inputs)
    return std::vector<HostTensor>();
  Result<EntryFunction> function = findEntry(module, name);
  if (!function)
    return function.error();
  const std::vector<TensorSpec> &inputs = function->entry.inputs;
  if (static_cast<size_t>(question.numInputs) != inputs.size())
    return Error{"expected an array for each of " + std::to_string(inputs.size()) +
                 " arguments, got " + std::to_string(question.numInputs)};
  return viewArrays(inputs, question.inputs, "input");
}

Result<std::string> describe(const Layer &layer, const Question &question) {
  std::string text = describeLayer(layer);
  if (!question.at)
    return text;
  Result<ElementIndex> at = parseElement(question.at, layer);
  if (!at)
    return at.error();
  return text + "\n" + describeElement(layer, *at);
}

Result<std::string> answer(mlir::ModuleOp module, const Layer &layer, const Question &question) {
  llvm::StringRef form = question.form;
  if (form == "text")
    return describe(layer, question);
  ElementIndex at{0, 0, Position(layer.geometry.dims.size(), 0)};
  if (question.at) {
    Result<ElementIndex> chosen = parseElement(question.at, layer);
    if (!chosen)
      return chosen.error();
    at = *chosen;
  }
  if (form == "svg")
    return renderSvg(layer, at);
  std::string title = question.title ? question.title : "";
  if (form == "html")
    return renderPage(layer, at, title);
  if (form != "html-stages")
    return Error{"expected text, svg, html or html-stages as the form, got '" + form.str() + "'"};
  Result<PipelineReport> report = reportPipeline(module);
  if (!report)
    return report.error();
  return renderPage(layer, at, title, toJson(*report));
}

Result<std::string> explain(Session &session, const char *text, const std::string &name,
                            const Question &question) {
  auto module = session.parse(text);
  if (!module)
    return module.error();
  Result<std::vector<HostTensor>> inputs = viewInputs(**module, name, question);
  if (!inputs)
    return inputs.error();
  std::vector<std::string> names;
  for (size_t number = 0; number < inputs->size(); ++number)
    names.push_back("input " + std::to_string(number));
  Result<Layer> layer = layerOf(**module, name, *inputs, names);
  if (!layer)
    return layer.error();
  return answer(**module, *layer, question);
}

} // namespace

int tconvExplain(const char *module, const TconvOptions *options, const TconvArray *inputs,
                 int numInputs, const char *at, const char *form, const char *title, char **text) {
  Session session;
  mlir::tconv::enableRemarks(session.getContext());
  Result<std::string> made = explain(session, module, options ? options->entry : std::string(),
                                     {inputs, numInputs, at, form, title});
  return giveText(made ? made : Result<std::string>(session.explain(made.error())), text);
}
