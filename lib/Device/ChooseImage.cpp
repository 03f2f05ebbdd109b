//===- ChooseImage.cpp - The code that suits a device ---------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Machine code runs on GPUs of its own major version that are not older; PTX on all that are not
// older, after the driver has compiled it; code for an architecture's own features (sm_90a) on
// that one only.
//
//===----------------------------------------------------------------------===//

#include "tconv/Device/ProgramFile.h"

#include "tconv/Support/Errors.h"

#include <tuple>

using namespace tconv;

namespace {

bool runsOn(const CodeImage &image, const GpuArch &device) {
  return image.kind == CodeImage::Kind::Cubin ? runsMachineCode(device, image.arch)
                                              : compilesPTX(device, image.arch);
}

/// Larger is better: machine code before PTX, then the newest architecture, then one that makes
/// use of all that it has.
auto rank(const CodeImage &image) {
  return std::tuple(image.kind == CodeImage::Kind::Cubin, image.arch.major, image.arch.minor,
                    image.arch.specific);
}

} // namespace

Result<const CodeImage *> tconv::chooseImage(const std::vector<CodeImage> &images,
                                             const GpuArch &device) {
  const CodeImage *best = nullptr;
  std::string known;
  for (const CodeImage &image : images) {
    known += (known.empty() ? "" : ", ") + image.arch.name();
    if (runsOn(image, device) && (!best || rank(image) > rank(*best)))
      best = &image;
  }
  if (best)
    return best;
  return unsupported("expected code for " + device.name() + ", got " +
                     (known.empty() ? "none" : "some for " + known));
}

Result<ProgramFile> tconv::chooseProgram(std::vector<ProgramFile> programs, const GpuArch &device) {
  if (programs.size() == 1)
    return std::move(programs.front());
  std::vector<CodeImage> images;
  ProgramFile *best = nullptr;
  const CodeImage *bestImage = nullptr;
  for (ProgramFile &program : programs) {
    for (const CodeImage &image : program.images)
      images.push_back({image.kind, image.arch, ""});
    Result<const CodeImage *> image = chooseImage(program.images, device);
    if (image && (!bestImage || rank(**image) > rank(*bestImage))) {
      best = &program;
      bestImage = *image;
    }
  }
  if (!best)
    return chooseImage(images, device).error();
  return std::move(*best);
}
