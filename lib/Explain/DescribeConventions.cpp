//===- DescribeConventions.cpp - A layer in the words of all systems ------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Explain/Conventions.h"

#include <algorithm>

using namespace tconv;

namespace {

using Numbers = std::vector<int64_t>;

/// What a convention says, or why it cannot.
struct Saying {
  std::string text;
  std::string obstacle;
};

std::string list(const Numbers &numbers) {
  std::string text;
  for (int64_t number : numbers)
    text += (text.empty() ? "" : ", ") + std::to_string(number);
  return "[" + text + "]";
}

template <typename Function> Numbers perDim(const ConventionLayer &layer, Function function) {
  Numbers numbers;
  for (size_t dim = 0; dim < layer.dims.size(); ++dim)
    numbers.push_back(function(layer.dims[dim], layer.kernel[dim]));
  return numbers;
}

Numbers strides(const ConventionLayer &layer) {
  return perDim(layer, [](const DimAttributes &dim, int64_t) { return dim.stride; });
}

Numbers dilations(const ConventionLayer &layer) {
  return perDim(layer, [](const DimAttributes &dim, int64_t) { return dim.dilation; });
}

/// What is cut off at the end in all.
int64_t endOf(const DimAttributes &dim) { return dim.paddingEnd - dim.outputPadding; }

std::string at(size_t dim) { return " in spatial dimension " + std::to_string(dim); }

Saying sayTconv(const ConventionLayer &layer) {
  std::string padding;
  for (const DimAttributes &dim : layer.dims)
    padding += (padding.empty() ? "" : ", ") + list({dim.paddingBegin, endOf(dim)});
  std::string text = "stride " + list(strides(layer)) + " padding [" + padding + "]";
  if (dilations(layer) != Numbers(layer.dims.size(), 1))
    text += " dilation " + list(dilations(layer));
  if (layer.groups != 1)
    text += " groups " + std::to_string(layer.groups);
  return {text, ""};
}

Saying sayPyTorch(const ConventionLayer &layer) {
  Numbers paddings, outputPaddings;
  for (size_t number = 0; number < layer.dims.size(); ++number) {
    const DimAttributes &dim = layer.dims[number];
    const int64_t more = dim.paddingBegin - endOf(dim);
    if (dim.paddingBegin < 0)
      return {"", "padding is negative at the beginning" + at(number) + ": " +
                      std::to_string(dim.paddingBegin) + "; pad the result instead"};
    if (more < 0 || more >= std::max(dim.stride, dim.dilation))
      return {"", "padding is the same at both ends but for an output_padding below " +
                      std::to_string(std::max(dim.stride, dim.dilation)) + ", got " +
                      std::to_string(dim.paddingBegin) + " and " + std::to_string(endOf(dim)) +
                      at(number) + "; pad or cut the result instead"};
    paddings.push_back(dim.paddingBegin);
    outputPaddings.push_back(more);
  }
  return {"kernel_size=" + list(layer.kernel) + ", stride=" + list(strides(layer)) +
              ", padding=" + list(paddings) + ", output_padding=" + list(outputPaddings) +
              ", groups=" + std::to_string(layer.groups) + ", dilation=" + list(dilations(layer)),
          ""};
}

Saying sayOnnx(const ConventionLayer &layer) {
  Numbers begins, ends, outputPaddings;
  for (size_t number = 0; number < layer.dims.size(); ++number) {
    const DimAttributes &dim = layer.dims[number];
    const int64_t more = std::max<int64_t>(0, -endOf(dim));
    if (dim.paddingBegin < 0)
      return {"", "pads are negative at the beginning" + at(number) + ": " +
                      std::to_string(dim.paddingBegin) + "; put a Pad behind"};
    if (more >= std::max(dim.stride, dim.dilation))
      return {"", "an output_padding of " + std::to_string(more) + at(number) +
                      " is not below stride and dilation; put a Pad behind"};
    begins.push_back(dim.paddingBegin);
    ends.push_back(endOf(dim) + more);
    outputPaddings.push_back(more);
  }
  begins.insert(begins.end(), ends.begin(), ends.end());
  return {"kernel_shape=" + list(layer.kernel) + ", strides=" + list(strides(layer)) +
              ", pads=" + list(begins) + ", output_padding=" + list(outputPaddings) +
              ", group=" + std::to_string(layer.groups) + ", dilations=" + list(dilations(layer)),
          ""};
}

Saying sayTosa(const ConventionLayer &layer) {
  if (layer.dims.size() != 2)
    return {"", "transpose_conv2d has two spatial dimensions, the layer " +
                    std::to_string(layer.dims.size())};
  if (layer.groups != 1)
    return {"", "transpose_conv2d has no groups, the layer " + std::to_string(layer.groups)};
  Numbers added;
  for (size_t number = 0; number < 2; ++number) {
    const DimAttributes &dim = layer.dims[number];
    if (dim.dilation != 1)
      return {"",
              "transpose_conv2d has no dilation, got " + std::to_string(dim.dilation) + at(number)};
    for (int64_t padding : {dim.paddingBegin, endOf(dim)}) {
      if (padding >= layer.kernel[number])
        return {"", "out_pad must be above -" + std::to_string(layer.kernel[number]) + at(number) +
                        ", got " + std::to_string(-padding) + "; cut the result instead"};
      added.push_back(-padding);
    }
  }
  return {"out_pad=" + list(added) + ", stride=" + list(strides(layer)), ""};
}

/// SAME and VALID say how a forward convolution came from the result to the input.
Saying sayTensorFlow(const ConventionLayer &layer) {
  bool valid = true, same = true;
  for (size_t number = 0; number < layer.dims.size(); ++number) {
    const DimAttributes &dim = layer.dims[number];
    if (dim.dilation != 1 || layer.groups != 1)
      return {"", "conv_transpose has neither dilation nor groups"};
    const int64_t total = dim.paddingBegin + endOf(dim);
    // Of the results O that lead to the input: VALID ceil((O - K + 1)/s), SAME ceil(O/s).
    const int64_t beyond = total - layer.kernel[number] + dim.stride;
    valid &= dim.paddingBegin == 0 && total <= 0 && total > -dim.stride;
    same &=
        dim.paddingBegin == std::max<int64_t>(total, 0) / 2 && beyond >= 0 && beyond < dim.stride;
  }
  if (!valid && !same)
    return {"", "neither SAME nor VALID gives this padding; cut the result of VALID instead"};
  Numbers sizes;
  for (size_t number = 0; number < layer.input.size(); ++number)
    sizes.push_back(
        outputSize<int64_t>(layer.input[number], layer.kernel[number], layer.dims[number]));
  return {"strides=" + list(strides(layer)) + ", padding=" + (valid ? "VALID" : "SAME") +
              ", output_shape=" + (sizes.empty() ? "[the result's]" : list(sizes)),
          ""};
}

Saying sayStablehlo(const ConventionLayer &layer) {
  std::string padding;
  for (size_t number = 0; number < layer.dims.size(); ++number) {
    const DimAttributes &dim = layer.dims[number];
    const int64_t reach = dim.dilation * (layer.kernel[number] - 1);
    padding += (padding.empty() ? "" : ", ") + list({reach - dim.paddingBegin, reach - endOf(dim)});
  }
  return {"lhs_dilation=" + list(strides(layer)) + ", rhs_dilation=" + list(dilations(layer)) +
              ", padding=[" + padding + "], feature_group_count=" + std::to_string(layer.groups) +
              ", the filter reversed",
          ""};
}

} // namespace

std::string tconv::describeConventions(const ConventionLayer &layer) {
  struct Entry {
    const char *name;
    Saying (*say)(const ConventionLayer &);
  };
  constexpr Entry entries[] = {
      {"tconv", sayTconv}, {"pytorch", sayPyTorch},       {"onnx", sayOnnx},
      {"tosa", sayTosa},   {"tensorflow", sayTensorFlow}, {"stablehlo", sayStablehlo}};
  std::string text;
  for (const Entry &entry : entries) {
    const std::string name = entry.name;
    Saying saying = entry.say(layer);
    text += name + std::string(12 - name.size(), ' ') +
            (saying.obstacle.empty() ? saying.text : "cannot say it: " + saying.obstacle) + "\n";
  }
  return text;
}
