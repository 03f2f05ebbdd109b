//===- GpuArch.cpp - Architectures of NVIDIA's GPUs -----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Device/GpuArch.h"

#include <array>
#include <tuple>

using namespace tconv;

namespace {

/// An architecture, and the first versions of PTX that have it and its specific part; 0 if it
/// has none of those.
struct KnownArch {
  unsigned major, minor, ptx, specificPtx;
};

/// PTX ISA 9.0, "Release history" and ".target". Not below 8.0, which has what kernels for
/// sm_80 use and which drivers read since CUDA 12.0; nor below 8.6 for sm_90a, whose
/// instructions grew until then.
constexpr std::array<KnownArch, 10> knownArchs = {{{8, 0, 80, 0},
                                                   {8, 6, 80, 0},
                                                   {8, 7, 80, 0},
                                                   {8, 9, 80, 0},
                                                   {9, 0, 80, 86},
                                                   {10, 0, 86, 86},
                                                   {10, 3, 88, 88},
                                                   {11, 0, 90, 90},
                                                   {12, 0, 87, 87},
                                                   {12, 1, 88, 88}}};

const KnownArch *find(unsigned number) {
  for (const KnownArch &known : knownArchs)
    if (known.major * 10 + known.minor == number)
      return &known;
  return nullptr;
}

} // namespace

Result<GpuArch> GpuArch::parse(std::string_view name) {
  Error error{"expected sm_NN[a] of at least sm_80, such as sm_80, sm_86, sm_89, sm_90 or sm_90a, "
              "got '" +
              std::string(name) + "'"};
  std::string_view digits = name.substr(0, 3) == "sm_" ? name.substr(3) : "";
  bool specific = !digits.empty() && digits.back() == 'a';
  if (specific)
    digits.remove_suffix(1);
  if (digits.size() < 2 || digits.size() > 3)
    return error;
  unsigned number = 0;
  for (char digit : digits) {
    if (digit < '0' || digit > '9')
      return error;
    number = number * 10 + static_cast<unsigned>(digit - '0');
  }
  const KnownArch *known = find(number);
  if (!known || (specific && !known->specificPtx))
    return error;
  return GpuArch{known->major, known->minor, specific};
}

std::string GpuArch::name() const {
  return "sm_" + std::to_string(major * 10 + minor) + (specific ? "a" : "");
}

std::string GpuArch::ptxFeature() const {
  const KnownArch *known = find(major * 10 + minor);
  unsigned version = !known ? 80 : specific ? known->specificPtx : known->ptx;
  return "+ptx" + std::to_string(version);
}

bool tconv::runsMachineCode(const GpuArch &device, const GpuArch &code) {
  return device.major == code.major &&
         (code.specific ? device.minor == code.minor : device.minor >= code.minor);
}

bool tconv::compilesPTX(const GpuArch &device, const GpuArch &code) {
  if (code.specific)
    return device.major == code.major && device.minor == code.minor;
  return std::tie(device.major, device.minor) >= std::tie(code.major, code.minor);
}
