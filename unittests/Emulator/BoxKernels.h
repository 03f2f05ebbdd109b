//===- BoxKernels.h - Kernels that copy one box --------------- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_UNITTESTS_EMULATOR_BOXKERNELS_H
#define TCONV_UNITTESTS_EMULATOR_BOXKERNELS_H

#include "TestKernel.h"

namespace tconv {

/// The parts of the kernels that tests replace.
struct BoxParts {
  /// Of the load, which one thread does.
  std::string initFence = "nvvm.fence.mbarrier.init";
  std::string expect = "nvvm.mbarrier.arrive.expect_tx %bar, %bytes : !llvm.ptr<3>, i32";
  std::string wait = "nvvm.mbarrier.try_wait.parity %bar, %zero, %ticks : !llvm.ptr<3>, i32, i32";
  /// Of the store.
  std::string proxyFence =
      "nvvm.fence.proxy {kind = #nvvm.proxy_kind<async.shared>, space = #nvvm.shared_space<cta>}";
  std::string beforeStore = "nvvm.barrier0";
  std::string afterStore = "nvvm.cp.async.bulk.commit.group\n nvvm.cp.async.bulk.wait_group 0";
  /// Bytes between the start of the tile and the box.
  std::string place = "0";
};

/// @load copies a box of the tensor of a map to a tile, and the tile to y; @store fills the tile
/// from x and copies it to the box. 32 threads; parameters are the map, the address and the bytes
/// of the tile, coordinates and, for im2col, rank - 2 offsets, as words.
std::string boxKernels(uint32_t rank, bool im2col, const BoxParts &parts = {});

/// The words of the arguments, and launches of a kernel of them.
std::string launchBox(TestKernel &kernel, const std::string &name, const TensorMapDescription &map,
                      uint64_t address, uint32_t tileBytes, const std::vector<int32_t> &numbers);

} // namespace tconv

#endif // TCONV_UNITTESTS_EMULATOR_BOXKERNELS_H
