//===- BoxFaultTest.cpp - Copies of boxes with one fault ------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BoxKernels.h"

#include "gtest/gtest.h"

using namespace tconv;

namespace {

TensorMapDescription box(uint64_t address) {
  TensorMapDescription map;
  map.recipe.type = TensorMapType::F16;
  map.recipe.box = {64, 4};
  map.recipe.steps = {1, 1};
  map.address = address;
  map.sizes = {64, 8};
  map.strides = {128};
  return map;
}

/// The error of a load or store with changed parts, none if the message is empty, in all modes.
void expectError(const std::string &name, const BoxParts &parts, const std::string &message) {
  for (const char *options :
       {"async-copies=early", "async-copies=late", "async-copies=late,thread-order=reverse"}) {
    TestKernel kernel(boxKernels(2, false, parts), *parseEmulatorOptions(options));
    ASSERT_EQ(kernel.loadError, "");
    uint64_t x = kernel.allocate(8 * 128), y = kernel.allocate(512);
    std::string error = launchBox(kernel, name, box(x), y, 512, {0, 2});
    bool isExpected = message.empty() ? error.empty() : error.find(message) != error.npos;
    EXPECT_TRUE(isExpected) << options << ": " << error;
  }
}

TEST(BoxFault, NoneWithoutAChange) {
  expectError("load", {}, "");
  expectError("store", {}, "");
}

TEST(BoxFault, TooFewBytesExpected) {
  BoxParts parts;
  parts.expect = "nvvm.mbarrier.arrive.expect_tx %bar, %step : !llvm.ptr<3>, i32";
  expectError("load", parts, "of an mbarrier, which lacks 0 arrivals and -480 bytes");
}

TEST(BoxFault, TooManyBytesExpected) {
  BoxParts parts;
  parts.expect = "nvvm.mbarrier.arrive.expect_tx %bar, %ticks : !llvm.ptr<3>, i32";
  expectError("load", parts, "of an mbarrier, which lacks 0 arrivals and 488 bytes");
}

TEST(BoxFault, ReadBeforeTheWait) {
  BoxParts parts;
  parts.wait = "";
  expectError("load", parts, "between this read of shared memory and the asynchronous copy to it");
}

TEST(BoxFault, SharedMemoryMisaligned) {
  BoxParts parts;
  parts.place = "64";
  expectError("load", parts, "expected an address aligned to 128 bytes");
  expectError("store", parts, "expected an address aligned to 128 bytes");
}

TEST(BoxFault, SharedMemoryTooSmall) {
  BoxParts parts;
  parts.place = "1152";
  expectError("load", parts, "behind the end of dynamic shared memory");
}

TEST(BoxFault, BarrierBeforeTheStoreRemoved) {
  BoxParts parts;
  parts.beforeStore = "";
  expectError("store", parts, "race: expected a barrier before this");
}

TEST(BoxFault, FenceAfterTheMbarrierRemoved) {
  BoxParts parts;
  parts.initFence = "";
  expectError("load", parts,
              "expected a fence.mbarrier_init between the initialisation of an "
              "mbarrier, by thread (0, 0, 0), and a bulk copy that it counts");
  // A fence for all that is stored is one for mbarriers, too.
  parts.initFence = BoxParts().proxyFence;
  expectError("load", parts, "");
}

TEST(BoxFault, ProxyFenceBeforeTheStoreRemoved) {
  const std::string message =
      "expected a fence.proxy.async between this read of shared memory by the async proxy";
  BoxParts parts;
  parts.proxyFence = "";
  expectError("store", parts, message);
  // By the thread that copies, after the barrier.
  parts.beforeStore += "\n" + BoxParts().proxyFence;
  expectError("store", parts, "");
}

/// A box may not be loaded over what was stored, either.
TEST(BoxFault, ProxyFenceBeforeTheLoadRemoved) {
  BoxParts parts;
  parts.expect = "llvm.store %one, %tile : i32, !llvm.ptr<3>\n" + parts.expect;
  expectError("load", parts,
              "expected a fence.proxy.async between this write of shared memory by the async "
              "proxy and the store of thread (0, 0, 0)");
  parts.expect += "\n" + BoxParts().proxyFence;
  expectError("load", parts, "");
}

TEST(BoxFault, WrittenBeforeItWasRead) {
  BoxParts parts;
  std::string write = "\n llvm.store %one, %tile : i32, !llvm.ptr<3>\n";
  parts.afterStore = "nvvm.cp.async.bulk.commit.group" + write + "nvvm.cp.async.bulk.wait_group 0";
  expectError("store", parts, "expected a wait between");
  // After it was read, it may be.
  parts.afterStore =
      "nvvm.cp.async.bulk.commit.group\n nvvm.cp.async.bulk.wait_group 0 {read}" + write;
  expectError("store", parts, "");
}

TEST(BoxFault, NotReadAtTheEnd) {
  BoxParts parts;
  parts.afterStore = "nvvm.cp.async.bulk.commit.group";
  expectError("store", parts,
              "expected a wait until shared memory has been read before the end of the kernel");
  parts.afterStore = "";
  expectError("store", parts, "expected a wait until shared memory has been read");
}

/// What is not the map of the op, and a tensor that is not there.
TEST(BoxFault, OtherMaps) {
  TestKernel kernel(boxKernels(2, false));
  uint64_t y = kernel.allocate(512);
  std::string error = launchBox(kernel, "load", box(4096), y, 512, {0, 2});
  EXPECT_NE(error.find("expected the tensor of the map to be in memory that is allocated, got 128 "
                       "bytes at 0x1100"),
            error.npos)
      << error;
  TensorMapDescription line = box(y);
  line.recipe.box = {64};
  line.recipe.steps = {1};
  line.sizes = {64};
  line.strides.clear();
  error = launchBox(kernel, "load", line, y, 512, {0, 2});
  EXPECT_NE(error.find("expected a tensor map of tiles of 2 dimensions, got 'tiled f16 box 64 "),
            error.npos)
      << error;
  std::vector<uint64_t> words(20, 0);
  words[16] = y;
  words[17] = 512;
  error = kernel.launch("load", {{1, 1, 1}, {32, 1, 1}, 2048}, words, {128, 8, 4, 4, 4});
  EXPECT_NE(error.find("got other bytes"), error.npos) << error;
}

TEST(BoxFault, ModesThatAreNotThere) {
  auto loadError = [](const std::string &op) {
    TestKernel kernel(R"(gpu.module @kernels {
  llvm.func @f(%map: !llvm.ptr, %s: !llvm.ptr<3>, %c: !llvm.ptr<7>, %i: i32, %m: i16) attributes {nvvm.kernel} {
    )" + op + R"(
    llvm.return
  }
})");
    EXPECT_TRUE(kernel.unsupported);
    return kernel.loadError;
  };
  EXPECT_EQ(loadError("nvvm.cp.async.bulk.tensor.shared.cluster.global %c, %map, %s, box[%i] "
                      "multicast_mask = %m : !llvm.ptr<7>, !llvm.ptr"),
            "test.mlir:3:5: the emulator has no operation "
            "'nvvm.cp.async.bulk.tensor.shared.cluster.global' for several blocks of a cluster");
  EXPECT_EQ(loadError("nvvm.cp.async.bulk.shared.cluster.shared.cta %c, %s, %s, %i : "
                      "!llvm.ptr<7>, !llvm.ptr<3>"),
            "test.mlir:3:5: the emulator has no operation "
            "'nvvm.cp.async.bulk.shared.cluster.shared.cta'");
}

} // namespace
