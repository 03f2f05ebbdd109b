//===- EmulatorOptions.cpp - How the emulator runs kernels ----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Emulator/EmulatorOptions.h"

#include <charconv>

using namespace tconv;

namespace {

Error unexpected(std::string_view what, std::string_view got) {
  return Error{"expected " + std::string(what) + ", got '" + std::string(got) + "'"};
}

Status parseSwitch(std::string_view value, std::string_view key, bool &result) {
  if (value != "on" && value != "off")
    return unexpected("on or off for " + std::string(key), value);
  result = value == "on";
  return success();
}

Status parseSeed(std::string_view value, uint64_t &seed) {
  auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seed);
  if (error != std::errc() || end != value.data() + value.size())
    return unexpected("a number for seed", value);
  return success();
}

Status parsePart(std::string_view key, std::string_view value, EmulatorOptions &options) {
  if (key == "async-copies") {
    if (value != "early" && value != "late")
      return unexpected("early or late for async-copies", value);
    options.asyncCopies = value == "late" ? AsyncCopyTime::Late : AsyncCopyTime::Early;
    return success();
  }
  if (key == "thread-order") {
    if (value != "forward" && value != "reverse" && value != "random")
      return unexpected("forward, reverse or random for thread-order", value);
    options.threadOrder = value == "forward"   ? ThreadOrder::Forward
                          : value == "reverse" ? ThreadOrder::Reverse
                                               : ThreadOrder::Random;
    return success();
  }
  if (key == "seed")
    return parseSeed(value, options.seed);
  if (key == "race-check")
    return parseSwitch(value, key, options.raceCheck);
  if (key == "warp-traffic")
    return parseSwitch(value, key, options.warpTraffic);
  return unexpected("async-copies, thread-order, seed, race-check or warp-traffic", key);
}

} // namespace

Result<EmulatorOptions> tconv::parseEmulatorOptions(std::string_view text) {
  EmulatorOptions options;
  while (!text.empty()) {
    std::string_view part = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    size_t equals = part.find('=');
    if (equals == std::string_view::npos)
      return unexpected("key=value among the emulator's options", part);
    if (Status status = parsePart(part.substr(0, equals), part.substr(equals + 1), options);
        !status)
      return status.error();
  }
  return options;
}

std::string tconv::toString(const EmulatorOptions &options) {
  const char *orders[] = {"forward", "reverse", "random"};
  std::string text = "async-copies=";
  text += options.asyncCopies == AsyncCopyTime::Late ? "late" : "early";
  text += ",thread-order=";
  text += orders[static_cast<int>(options.threadOrder)];
  text += ",seed=" + std::to_string(options.seed);
  text += std::string(",race-check=") + (options.raceCheck ? "on" : "off");
  text += std::string(",warp-traffic=") + (options.warpTraffic ? "on" : "off");
  return text;
}
