//===- Memory.cpp - How much memory may be used -----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads /proc/meminfo and the files of the memory control groups.
//
//===----------------------------------------------------------------------===//

#include "tconv/Support/Memory.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

namespace tconv {
namespace {

constexpr uint64_t unlimited = UINT64_MAX;

/// The file names of one version of the memory controller.
struct Controller {
  std::string_view root, limit, usage, reclaimable;
};
constexpr Controller version1 = {"/sys/fs/cgroup/memory", "memory.limit_in_bytes",
                                 "memory.usage_in_bytes", "total_inactive_file"};
constexpr Controller version2 = {"/sys/fs/cgroup", "memory.max", "memory.current", "inactive_file"};

/// The number at the start of `text`, after blanks; nothing for "max" and the like.
std::optional<uint64_t> parseNumber(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  uint64_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end == text.data())
    return std::nullopt;
  return number;
}

/// The number after `key` in a file of lines "key number".
std::optional<uint64_t> readField(const std::string &path, std::string_view key) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.compare(0, key.size(), key) == 0)
      return parseNumber(std::string_view(line).substr(key.size()));
  }
  return std::nullopt;
}

uint64_t systemMemory() {
  std::optional<uint64_t> kibibytes = readField("/proc/meminfo", "MemAvailable:");
  uint64_t bytes = 0;
  if (!kibibytes || __builtin_mul_overflow(*kibibytes, uint64_t(1024), &bytes))
    return unlimited;
  return bytes;
}

/// What is left of the one group whose files are in `directory`.
uint64_t groupMemory(const Controller &controller, const std::string &directory) {
  auto file = [&](std::string_view name) { return directory + "/" + std::string(name); };
  std::optional<uint64_t> limit = readField(file(controller.limit), "");
  std::optional<uint64_t> usage = readField(file(controller.usage), "");
  if (!limit || !usage)
    return unlimited;
  std::string key = std::string(controller.reclaimable) + " ";
  uint64_t cache = readField(file("memory.stat"), key).value_or(0);
  uint64_t used = *usage - std::min(*usage, cache);
  return *limit - std::min(*limit, used);
}

/// The smallest remainder of `group` and the groups around it: each one limits.
uint64_t groupsMemory(const Controller &controller, std::string group) {
  uint64_t available = unlimited;
  for (;;) {
    std::string directory = std::string(controller.root) + group;
    available = std::min(available, groupMemory(controller, directory));
    size_t slash = group.rfind('/');
    if (group.empty() || slash == std::string::npos)
      return available;
    group.resize(slash);
  }
}

/// Whether `list`, separated by commas, names the memory controller.
bool namesMemory(std::string_view list) {
  for (size_t comma; (comma = list.find(',')) != list.npos; list.remove_prefix(comma + 1))
    if (list.substr(0, comma) == "memory")
      return true;
  return list == "memory";
}

} // namespace

uint64_t availableMemory() {
  uint64_t available = systemMemory();
  std::ifstream groups("/proc/self/cgroup"); // lines "number:controllers:group"
  for (std::string line; std::getline(groups, line);) {
    size_t first = line.find(':'), second = line.find(':', first + 1);
    if (first == line.npos || second == line.npos)
      continue;
    std::string list = line.substr(first + 1, second - first - 1);
    std::string group = line.substr(second + 1);
    if (list.empty())
      available = std::min(available, groupsMemory(version2, group));
    else if (namesMemory(list))
      available = std::min(available, groupsMemory(version1, group));
  }
  return available;
}

} // namespace tconv
