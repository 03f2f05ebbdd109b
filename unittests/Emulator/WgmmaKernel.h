//===- WgmmaKernel.h - Kernels of one wgmma, for tests --------- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_UNITTESTS_EMULATOR_WGMMAKERNEL_H
#define TCONV_UNITTESTS_EMULATOR_WGMMAKERNEL_H

#include <cstdint>
#include <string>
#include <vector>

namespace tconv {

/// A kernel that copies an image to shared memory, multiplies what two descriptors say, in steps,
/// and stores the registers of each thread.
struct WgmmaKernel {
  int n = 8, k = 16, steps = 1;
  /// Of 128 threads each; A of each one but the first is `distanceA` units of 16 bytes behind that
  /// of the one before.
  int warpgroups = 1, distanceA = 0;
  /// Units of 16 bytes by which descriptors are moved in each step.
  std::vector<int> offsetsA = {0}, offsetsB = {0};
  std::string typeA = "f16", typeB = "f16", typeD = "f32", registerType = "f32";
  std::string layoutA = "row", layoutB = "col", scaleD = "one", scaleA = "one", scaleB = "one";
  std::string overflow;
  int imageBytes = 0;
  /// What stands before the copy of the image, before and behind the products, and behind the wait.
  std::string start, fence = "nvvm.wgmma.fence.aligned", afterIssue, afterWait;
  /// Between the copy of the image and the barrier before the products.
  std::string proxyFence =
      "nvvm.fence.proxy {kind = #nvvm.proxy_kind<async.shared>, space = #nvvm.shared_space<cta>}";
  std::string commit = "nvvm.wgmma.commit.group.sync.aligned";
  std::string wait = "nvvm.wgmma.wait.group.sync.aligned 0";

  int countRegisters() const { return typeD == "f16" ? n / 4 : n / 2; }
  /// "!llvm.struct<(f32, ...)>".
  std::string resultType() const;
  /// The product %R of %C and step `step`; %C is %c0 or an earlier result.
  std::string product(const std::string &result, const std::string &sum, int step) const;
  /// @f(image, sums, results: pointers; a, b: descriptors of which addresses are offsets).
  std::string text() const;
};

/// A matrix descriptor without the start of shared memory; all in bytes, kind 0 to 3.
uint64_t describeMatrix(uint64_t start, uint64_t leading, uint64_t stride, uint64_t kind,
                        uint64_t baseOffset = 0);

} // namespace tconv

#endif // TCONV_UNITTESTS_EMULATOR_WGMMAKERNEL_H
