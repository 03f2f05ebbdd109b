//===- UpstreamTest.cpp - What upstream's lowering makes of kernels -------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestKernel.h"

#include "gtest/gtest.h"

#include <cmath>

using namespace tconv;

namespace {

/// What upstream's convert-gpu-to-nvvm makes of
///   gpu.func @f(%x: memref<64xf32>, %y: memref<64xf32>)
///     workgroup(%ws: memref<64xf32, #gpu.address_space<workgroup>>) kernel {
///     %v = memref.load %x[%tid]
///     memref.store of math.exp %v to %ws[%tid]
///     the same to gpu.dynamic_shared_memory
///     gpu.barrier
///     gpu.shuffle xor of %ws[%tid], plus dynamic memory at %tid, to %y[%tid]
///     gpu.printf "thread %d value %f\n" by thread 3
constexpr const char *lowered = R"(
gpu.module @k {
  llvm.mlir.global internal constant @printfFormat_0("thread %d value %.3f, 100%%\0A\00") {addr_space = 0 : i32}
  llvm.func @vprintf(!llvm.ptr, !llvm.ptr) -> i32
  llvm.mlir.global internal @__dynamic_shmem__0() {addr_space = 3 : i32, alignment = 16 : i64} : !llvm.array<0 x i8>
  llvm.mlir.global internal @__wg_f_0() {addr_space = 3 : i32} : !llvm.array<64 x f32>
  llvm.func @__nv_expf(f32) -> f32
  llvm.func @f(%x: !llvm.ptr, %y: !llvm.ptr) attributes {gpu.kernel, nvvm.kernel} {
    %c1 = llvm.mlir.constant(1 : i64) : i64
    %one = llvm.mlir.constant(1 : i32) : i32
    %three = llvm.mlir.constant(3 : i64) : i64
    %none = llvm.mlir.constant(-1 : i32) : i32
    %c31 = llvm.mlir.constant(31 : i32) : i32
    %dyn = llvm.mlir.addressof @__dynamic_shmem__0 : !llvm.ptr<3>
    %wg = llvm.mlir.addressof @__wg_f_0 : !llvm.ptr<3>
    %format = llvm.mlir.addressof @printfFormat_0 : !llvm.ptr
    %tid32 = nvvm.read.ptx.sreg.tid.x : i32
    %tid = llvm.sext %tid32 : i32 to i64
    %px = llvm.getelementptr inbounds|nuw %x[%tid] : (!llvm.ptr, i64) -> !llvm.ptr, f32
    %v = llvm.load %px : !llvm.ptr -> f32
    %e = llvm.call @__nv_expf(%v) : (f32) -> f32
    %pw = llvm.getelementptr inbounds|nuw %wg[%tid] : (!llvm.ptr<3>, i64) -> !llvm.ptr<3>, f32
    llvm.store %e, %pw : f32, !llvm.ptr<3>
    %pd = llvm.getelementptr inbounds|nuw %dyn[%tid] : (!llvm.ptr<3>, i64) -> !llvm.ptr<3>, f32
    llvm.store %v, %pd : f32, !llvm.ptr<3>
    nvvm.barrier0
    %w = llvm.load %pw : !llvm.ptr<3> -> f32
    %s = nvvm.shfl.sync bfly %none, %w, %one, %c31 : f32 -> f32
    %d = llvm.load %pd : !llvm.ptr<3> -> f32
    %sum = llvm.fadd %s, %d : f32
    %py = llvm.getelementptr inbounds|nuw %y[%tid] : (!llvm.ptr, i64) -> !llvm.ptr, f32
    llvm.store %sum, %py : f32, !llvm.ptr
    %is3 = llvm.icmp "eq" %tid, %three : i64
    llvm.cond_br %is3, ^print, ^end
  ^print:
    %wide = llvm.fpext %v : f32 to f64
    %args = llvm.alloca %c1 x !llvm.struct<(i32, f64)> : (i64) -> !llvm.ptr
    %a0 = llvm.getelementptr %args[0, 0] : (!llvm.ptr) -> !llvm.ptr, !llvm.struct<(i32, f64)>
    llvm.store %tid32, %a0 : i32, !llvm.ptr
    %a1 = llvm.getelementptr %args[0, 1] : (!llvm.ptr) -> !llvm.ptr, !llvm.struct<(i32, f64)>
    llvm.store %wide, %a1 : f64, !llvm.ptr
    %n = llvm.call @vprintf(%format, %args) : (!llvm.ptr, !llvm.ptr) -> i32
    llvm.br ^end
  ^end:
    llvm.return
  }
})";

TEST(Upstream, SharedMemoryPrintfAndLibdevice) {
  TestKernel kernel(lowered);
  ASSERT_EQ(kernel.loadError, "");
  std::vector<float> x(64);
  for (int i = 0; i < 64; ++i)
    x[i] = 0.25f * static_cast<float>(i % 8);
  uint64_t y = kernel.allocate(256);
  testing::internal::CaptureStdout();
  std::string error = kernel.launch("f", {{1, 1, 1}, {64, 1, 1}, 256}, {kernel.upload(x), y});
  std::string printed = testing::internal::GetCapturedStdout();
  ASSERT_EQ(error, "");
  EXPECT_EQ(printed, "thread 3 value 0.750, 100%\n");
  std::vector<float> result = kernel.download<float>(y, 64);
  for (int i = 0; i < 64; ++i)
    EXPECT_EQ(result[i], expf(x[i ^ 1]) + x[i]);
}

TEST(Upstream, DynamicSharedMemoryIsAsLargeAsTheLaunchSays) {
  TestKernel kernel(lowered);
  std::string error = kernel.launch("f", {{1, 1, 1}, {64, 1, 1}, 252},
                                    {kernel.upload(std::vector<float>(64)), kernel.allocate(256)});
  EXPECT_NE(error.find("0 bytes behind the end of dynamic shared memory of 252 bytes"), error.npos)
      << error;
}

TEST(Upstream, LaunchesBeyondLimitsAreErrors) {
  TestKernel kernel(lowered);
  EXPECT_EQ(kernel.launch("f", {{1, 1, 1}, {2048, 1, 1}, 0}, {0, 0}),
            "kernel f: expected a block in x of at most 1024, got 2048");
  EXPECT_EQ(kernel.launch("f", {{1, 70000, 1}, {1, 1, 1}, 0}, {0, 0}),
            "kernel f: expected a grid in y of at most 65535, got 70000");
  EXPECT_EQ(kernel.launch("f", {{1, 1, 1}, {64, 1, 1}, 240000}, {0, 0}),
            "kernel f: expected shared memory, in bytes, of at most 232448, got 240256");
  EXPECT_EQ(kernel.launch("g", {{1, 1, 1}, {1, 1, 1}, 0}, {}),
            "expected a kernel of the module, got 'g'");
  EXPECT_EQ(kernel.launch("f", {{1, 1, 1}, {1, 1, 1}, 0}, {0}),
            "kernel f: expected parameters of (8, 8) bytes, got (8)");
}

TEST(Upstream, MemoryOfTheDeviceIsChecked) {
  EmulatedDevice device;
  auto memory = device.allocate(16);
  ASSERT_TRUE(memory.ok());
  char bytes[32] = {};
  EXPECT_FALSE(device.copyToDevice(*memory, bytes, 17).ok());
  EXPECT_FALSE(device.copyToHost(bytes, *memory + 1, 16).ok());
  EXPECT_FALSE(device.free(*memory + 8).ok());
  EXPECT_TRUE(device.free(*memory).ok());
  EXPECT_FALSE(device.free(*memory).ok());
  EXPECT_TRUE(device.free(0).ok());
  EXPECT_FALSE(device.allocate(uint64_t(1) << 60).ok());
}

} // namespace
