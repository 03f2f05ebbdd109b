//===- JsonLayer.cpp - Layers as JSON -------------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An object becomes a descriptor first, so that one parser checks all numbers.
//
//===----------------------------------------------------------------------===//

#include "JsonLayer.h"

#include "llvm/Support/JSON.h"

using namespace tconv;
using namespace tconv::bench;

namespace json = llvm::json;

namespace {

struct JsonLayer {
  std::string name;
  int64_t batch = 1;
  int64_t inputChannels = 1;
  int64_t outputChannels = 1;
  int64_t groups = 1;
  std::vector<int64_t> input, kernel, output, stride, padding, outputPadding, dilation;
  bool bias = false;
  std::string type;
  std::string layout;
  std::optional<double> operations;
};

bool fromJSON(const json::Value &value, JsonLayer &layer, json::Path path) {
  json::ObjectMapper map(value, path);
  return map && map.mapOptional("name", layer.name) && map.mapOptional("N", layer.batch) &&
         map.map("ci", layer.inputChannels) && map.map("co", layer.outputChannels) &&
         map.mapOptional("g", layer.groups) && map.map("in", layer.input) &&
         map.map("k", layer.kernel) && map.mapOptional("out", layer.output) &&
         map.mapOptional("s", layer.stride) && map.mapOptional("p", layer.padding) &&
         map.mapOptional("op", layer.outputPadding) && map.mapOptional("d", layer.dilation) &&
         map.mapOptional("bias", layer.bias) && map.mapOptional("type", layer.type) &&
         map.mapOptional("layout", layer.layout) &&
         map.mapOptional("flops_exact", layer.operations);
}

std::string spatial(const char *name, const std::vector<int64_t> &numbers) {
  std::string text;
  for (int64_t number : numbers)
    text += (text.empty() ? std::string(" ") + name : "x") + std::to_string(number);
  return text;
}

std::string toDescriptor(const JsonLayer &layer) {
  std::string text =
      "n" + std::to_string(layer.batch) + " ci" + std::to_string(layer.inputChannels) + " co" +
      std::to_string(layer.outputChannels) + " g" + std::to_string(layer.groups) +
      spatial("i", layer.input) + spatial("o", layer.output) + spatial("k", layer.kernel) +
      spatial("s", layer.stride) + spatial("p", layer.padding) +
      spatial("op", layer.outputPadding) + spatial("d", layer.dilation);
  if (layer.bias)
    text += " b";
  // The type's name; in a descriptor, "i8" is something else.
  return text + (layer.type.empty() ? "" : " " + (layer.type == "i8" ? "int8" : layer.type));
}

Result<std::optional<TensorLayout>> layoutOf(const JsonLayer &layer) {
  if (layer.layout.empty())
    return std::optional<TensorLayout>();
  if (layer.layout == "channels_first")
    return std::optional(TensorLayout::ChannelsFirst);
  if (layer.layout == "channels_last")
    return std::optional(TensorLayout::ChannelsLast);
  return Error{"expected a layout channels_first or channels_last, got '" + layer.layout + "'"};
}

/// Whether the operations that the file states, if it does, are those of the layer.
Status checkOperations(const JsonLayer &layer, const ProblemDescriptor &descriptor) {
  Result<Problem> problem = createProblem(descriptor);
  if (!problem)
    return problem.error();
  if (layer.operations && *layer.operations != problem->usefulOperations())
    return Error{"expected flops_exact of " + formatCount(problem->usefulOperations()) +
                 ", which follows from the sizes, got " + formatCount(*layer.operations)};
  return success();
}

Result<NamedLayer> toLayer(const JsonLayer &layer) {
  std::string text = toDescriptor(layer);
  Result<ProblemDescriptor> descriptor = parseDescriptor(text);
  if (!descriptor)
    return descriptor.error();
  auto layout = layoutOf(layer);
  if (!layout)
    return layout.error();
  descriptor->layout = *layout;
  if (Status status = checkOperations(layer, *descriptor); !status)
    return status.error();
  return NamedLayer{layer.name.empty() ? text : layer.name, std::move(*descriptor)};
}

} // namespace

Result<std::vector<NamedLayer>> bench::parseJsonLayers(llvm::StringRef text,
                                                       const std::string &source) {
  auto value = json::parse(text);
  if (!value)
    return Error{source + ": expected JSON: " + toString(value.takeError())};
  if (value->getAsObject())
    value = json::Array{std::move(*value)};
  std::vector<JsonLayer> read;
  json::Path::Root root("layers");
  if (!fromJSON(*value, read, root))
    return Error{source + ": " + toString(root.getError())};
  std::vector<NamedLayer> layers;
  for (const JsonLayer &layer : read) {
    Result<NamedLayer> named = toLayer(layer);
    if (!named)
      return Error{source + ": layer " +
                   (layer.name.empty() ? std::to_string(layers.size()) : "'" + layer.name + "'") +
                   ": " + named.message()};
    layers.push_back(std::move(*named));
  }
  return layers;
}
