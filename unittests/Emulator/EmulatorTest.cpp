//===- EmulatorTest.cpp - Kernels in NVVM form, run by the emulator -------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestKernel.h"

#include "gtest/gtest.h"

#include <numeric>

using namespace tconv;

namespace {

std::vector<float> count(size_t number) {
  std::vector<float> values(number);
  std::iota(values.begin(), values.end(), 0.0f);
  return values;
}

constexpr const char *scale = R"(
gpu.module @kernels {
  llvm.func @scale(%x: !llvm.ptr<1>, %y: !llvm.ptr<1>) attributes {nvvm.kernel} {
    %two = llvm.mlir.constant(2.0 : f32) : f32
    %tid = nvvm.read.ptx.sreg.tid.x : i32
    %ctaid = nvvm.read.ptx.sreg.ctaid.x : i32
    %ntid = nvvm.read.ptx.sreg.ntid.x : i32
    %start = llvm.mul %ctaid, %ntid : i32
    %i = llvm.add %start, %tid : i32
    %px = llvm.getelementptr %x[%i] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, f32
    %py = llvm.getelementptr %y[%i] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, f32
    %v = llvm.load %px : !llvm.ptr<1> -> f32
    %w = llvm.fmul %v, %two : f32
    llvm.store %w, %py : f32, !llvm.ptr<1>
    llvm.return
  }
})";

TEST(Emulator, RunsEachThreadOfAGrid) {
  TestKernel kernel(scale);
  ASSERT_EQ(kernel.loadError, "");
  uint64_t x = kernel.upload(count(96)), y = kernel.allocate(96 * 4);
  ASSERT_EQ(kernel.launch("scale", {{3, 1, 1}, {32, 1, 1}, 0}, {x, y}), "");
  std::vector<float> result = kernel.download<float>(y, 96);
  for (int i = 0; i < 96; ++i)
    EXPECT_EQ(result[i], 2.0f * i);
  EXPECT_EQ(kernel.device.lastLaunch().globalLoads, 96u);
  EXPECT_EQ(kernel.device.lastLaunch().globalStoreBytes, 384u);
  EXPECT_EQ(kernel.device.lastLaunch().multiplications, 96u);
}

TEST(Emulator, SaysHowFarALaunchIs) {
  TestKernel kernel(scale);
  std::vector<std::string> said;
  kernel.device.reportProgress([&](const std::string &text) { said.push_back(text); }, 0);
  uint64_t x = kernel.upload(count(96)), y = kernel.allocate(96 * 4);
  ASSERT_EQ(kernel.launch("scale", {{3, 1, 1}, {32, 1, 1}, 0}, {x, y}), "");
  ASSERT_EQ(said.size(), 3u);
  EXPECT_EQ(said[1], "kernel scale: 2 of 3 blocks after 0 s");
  // Short ones say nothing.
  said.clear();
  kernel.device.reportProgress([&](const std::string &text) { said.push_back(text); });
  ASSERT_EQ(kernel.launch("scale", {{3, 1, 1}, {32, 1, 1}, 0}, {x, y}), "");
  EXPECT_TRUE(said.empty());
}

TEST(Emulator, ReportsAccessesOutOfBounds) {
  TestKernel kernel(scale);
  uint64_t x = kernel.upload(count(95)), y = kernel.allocate(96 * 4);
  std::string error = kernel.launch("scale", {{3, 1, 1}, {32, 1, 1}, 0}, {x, y});
  EXPECT_NE(error.find("test.mlir:12:10: llvm.load: expected the load of 4 bytes to be in global "
                       "memory that is allocated"),
            error.npos)
      << error;
  EXPECT_NE(error.find("0 bytes behind the end of allocation 1 of 380 bytes"), error.npos) << error;
  EXPECT_NE(error.find("in kernel scale, block (2, 0, 0), thread (31, 0, 0)"), error.npos) << error;
}

TEST(Emulator, ReportsMisalignedAccesses) {
  TestKernel kernel(scale);
  uint64_t x = kernel.upload(count(97)), y = kernel.allocate(96 * 4);
  std::string error = kernel.launch("scale", {{3, 1, 1}, {32, 1, 1}, 0}, {x + 2, y});
  EXPECT_NE(error.find("expected an address aligned to 4 bytes"), error.npos) << error;
}

/// Reverses 64 numbers through shared memory, with or without the barrier.
std::string reverse(const std::string &barrier) {
  return R"(
gpu.module @kernels {
  llvm.mlir.global internal @tile() {addr_space = 3 : i32, alignment = 4 : i64} : !llvm.array<64 x f32>
  llvm.func @reverse(%x: !llvm.ptr<1>, %y: !llvm.ptr<1>) attributes {nvvm.kernel} {
    %last = llvm.mlir.constant(63 : i32) : i32
    %tile = llvm.mlir.addressof @tile : !llvm.ptr<3>
    %i = nvvm.read.ptx.sreg.tid.x : i32
    %j = llvm.sub %last, %i : i32
    %px = llvm.getelementptr %x[%i] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, f32
    %py = llvm.getelementptr %y[%i] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, f32
    %ps = llvm.getelementptr %tile[%i] : (!llvm.ptr<3>, i32) -> !llvm.ptr<3>, f32
    %pr = llvm.getelementptr %tile[%j] : (!llvm.ptr<3>, i32) -> !llvm.ptr<3>, f32
    %v = llvm.load %px : !llvm.ptr<1> -> f32
    llvm.store %v, %ps : f32, !llvm.ptr<3>
    )" + barrier +
         R"(
    %w = llvm.load %pr : !llvm.ptr<3> -> f32
    llvm.store %w, %py : f32, !llvm.ptr<1>
    llvm.return
  }
})";
}

TEST(Emulator, WaitsAtBarriersInAnyOrder) {
  for (ThreadOrder order : {ThreadOrder::Forward, ThreadOrder::Reverse, ThreadOrder::Random}) {
    EmulatorOptions options;
    options.threadOrder = order;
    TestKernel kernel(reverse("nvvm.barrier0"), options);
    ASSERT_EQ(kernel.loadError, "");
    uint64_t x = kernel.upload(count(64)), y = kernel.allocate(64 * 4);
    ASSERT_EQ(kernel.launch("reverse", {{2, 1, 1}, {64, 1, 1}, 0}, {x, y}), "");
    std::vector<float> result = kernel.download<float>(y, 64);
    for (int i = 0; i < 64; ++i)
      EXPECT_EQ(result[i], 63.0f - i);
    EXPECT_EQ(kernel.device.lastLaunch().barriers, 2u);
    EXPECT_EQ(kernel.device.lastLaunch().sharedStores, 128u);
  }
}

TEST(Emulator, ReportsBarriersThatSomeThreadsDoNotReach) {
  TestKernel kernel(R"(
gpu.module @kernels {
  llvm.func @diverge() attributes {nvvm.kernel} {
    %c8 = llvm.mlir.constant(8 : i32) : i32
    %i = nvvm.read.ptx.sreg.tid.x : i32
    %few = llvm.icmp "ult" %i, %c8 : i32
    llvm.cond_br %few, ^wait, ^end
  ^wait:
    nvvm.barrier0
    llvm.br ^end
  ^end:
    llvm.return
  }
})");
  EXPECT_EQ(kernel.launch("diverge", {{1, 1, 1}, {64, 1, 1}, 0}, {}),
            "deadlock in kernel diverge, block (0, 0, 0): 8 of 64 threads arrived at barrier 0 at "
            "test.mlir:9:5; threads 8 to 63 ended without");
}

TEST(Emulator, NamesOperationsThatItLacks) {
  TestKernel kernel(R"(
gpu.module @kernels {
  llvm.func @f() attributes {nvvm.kernel} {
    nvvm.breakpoint
    llvm.return
  }
})");
  EXPECT_TRUE(kernel.unsupported);
  EXPECT_NE(kernel.loadError.find("test.mlir:4:5"), std::string::npos) << kernel.loadError;
  EXPECT_NE(kernel.loadError.find("the emulator has no operation 'nvvm.breakpoint'"),
            std::string::npos)
      << kernel.loadError;
}

} // namespace
