//===- Page.cpp - The interactive page of a layer -------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//

#include "tconv/Explain/Page.h"

#include "Embedded.h"

#include <cassert>

using namespace tconv;

/// Appends what comes before `placeholder` in `rest`, and `text` in its place.
static void fill(std::string &page, std::string_view &rest, std::string_view placeholder,
                 std::string_view text) {
  size_t position = rest.find(placeholder);
  assert(position != std::string_view::npos && "the template lacks a placeholder");
  page += rest.substr(0, position);
  page += text;
  rest.remove_prefix(position + placeholder.size());
}

std::string tconv::renderPage(const Layer &layer, const ElementIndex &at, std::string_view title,
                              std::string_view pipeline) {
  std::string page;
  std::string_view rest = embedded::pageTemplate;
  fill(page, rest, "/*{{style}}*/", embedded::pageStyle);
  fill(page, rest, "{{layer}}", layerJson(layer, at, title));
  fill(page, rest, "{{pipeline}}", pipeline.empty() ? "null" : pipeline);
  fill(page, rest, "/*{{script}}*/", embedded::pageScript);
  return page.append(rest);
}
