//===- HoverDocs.cpp - The documentation of ops in hovers -----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Upstream's server has no place where a dialect could add to a hover, so that its answers are
// changed on their way out. The text is docs/reference/TconvDialect.md, made of the .td files.
//
//===----------------------------------------------------------------------===//

#include "HoverDocs.h"

#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdio>
#include <memory>
#include <thread>
#include <unistd.h>

namespace tconv::embedded {
extern const std::string_view dialectReference;
} // namespace tconv::embedded

using namespace tconv;

std::string_view tconv::findDocs(std::string_view op) {
  std::string_view text = embedded::dialectReference;
  const std::string heading = "\n### `" + std::string(op) + "` ";
  size_t start = text.find(heading);
  if (start == text.npos)
    return {};
  text.remove_prefix(text.find('\n', start + 1) + 1);
  // Traits, interfaces and tables of operands follow, which a hover shows in the op itself.
  for (const char *end : {"\n### ", "\n## ", "\nTraits: ", "\nInterfaces: ", "\nEffects: "})
    text = text.substr(0, text.find(end));
  text.remove_prefix(std::min(text.find_first_not_of('\n'), text.size()));
  return text.substr(0, text.find_last_not_of('\n') + 1);
}

/// The name of one of tconv's ops that a hover's text begins with, in quotes.
static llvm::StringRef findOp(llvm::StringRef hover) {
  return hover.consume_front("\"tconv.") ? llvm::StringRef(hover.data() - 6, hover.find('"') + 6)
                                         : llvm::StringRef();
}

std::string tconv::addDocs(std::string message) {
  llvm::Expected<llvm::json::Value> json = llvm::json::parse(message);
  if (!json) {
    consumeError(json.takeError());
    return message;
  }
  llvm::json::Object *object = json->getAsObject();
  llvm::json::Object *result = object ? object->getObject("result") : nullptr;
  llvm::json::Object *contents = result ? result->getObject("contents") : nullptr;
  std::optional<llvm::StringRef> hover = contents ? contents->getString("value") : std::nullopt;
  std::string_view docs = hover ? findDocs(findOp(*hover)) : std::string_view();
  if (docs.empty())
    return message;
  (*contents)["value"] = hover->str() + "\n***\n\n" + std::string(docs) + "\n";
  std::string text;
  llvm::raw_string_ostream stream(text);
  const bool isPretty = message.find('\n') != message.npos; // as -pretty asks for
  stream << llvm::formatv(isPretty ? "{0:2}" : "{0}", *json);
  return text;
}

struct HoverDocs::Filter {
  std::FILE *messages = nullptr;
  int output = -1;
  std::thread thread;

  void write(std::string_view text) const {
    while (!text.empty()) {
      ssize_t written = ::write(output, text.data(), text.size());
      if (written <= 0)
        return;
      text.remove_prefix(written);
    }
  }

  /// Headers until an empty line, of which one is the length of the message, and the message.
  void run() const {
    char line[1024];
    size_t length = 0;
    while (std::fgets(line, sizeof(line), messages)) {
      llvm::StringRef header = llvm::StringRef(line).rtrim();
      if (header.consume_front("Content-Length:")) {
        header.trim().getAsInteger(10, length);
      } else if (header.empty() && length > 0) {
        std::string message(length, ' ');
        message.resize(std::fread(message.data(), 1, length, messages));
        message = addDocs(std::move(message));
        write("Content-Length: " + std::to_string(message.size()) + "\r\n\r\n" + message);
        length = 0;
      } else {
        write(line); // no message: something for people
      }
    }
  }
};

HoverDocs::HoverDocs() : filter(nullptr) {
  llvm::outs(); // made before this, so that it is there when this ends
  int ends[2];
  int output = dup(STDOUT_FILENO);
  if (output < 0 || pipe(ends) != 0)
    return; // hovers go without documentation
  dup2(ends[1], STDOUT_FILENO);
  close(ends[1]);
  filter = new Filter;
  filter->output = output;
  filter->messages = fdopen(ends[0], "rb");
  filter->thread = std::thread([this] { filter->run(); });
}

HoverDocs::~HoverDocs() {
  if (!filter)
    return;
  llvm::outs().flush();
  dup2(filter->output, STDOUT_FILENO); // closes the pipe's end, the last one
  filter->thread.join();
  std::fclose(filter->messages);
  close(filter->output);
  delete filter;
}
