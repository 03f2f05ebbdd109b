//===- HoverDocs.h - The documentation of ops in hovers ---------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_TOOLS_LSPSERVER_HOVERDOCS_H
#define TCONV_TOOLS_LSPSERVER_HOVERDOCS_H

#include <string>
#include <string_view>

namespace tconv {

/// What the reference says of an op, "tconv.yield": its section without the heading; empty if it
/// has none.
std::string_view findDocs(std::string_view op);

/// A message of the server; if it is the answer to a hover over one of tconv's ops, with the op's
/// documentation behind.
std::string addDocs(std::string message);

/// While it lives, what the process writes to its standard output is taken for messages of the
/// language server protocol and written there with documentation.
class HoverDocs {
public:
  HoverDocs();
  ~HoverDocs();
  HoverDocs(const HoverDocs &) = delete;
  HoverDocs &operator=(const HoverDocs &) = delete;

private:
  struct Filter;
  Filter *filter;
};

} // namespace tconv

#endif // TCONV_TOOLS_LSPSERVER_HOVERDOCS_H
