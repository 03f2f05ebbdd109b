//===- WgmmaFaultTest.cpp - Kernels of a warpgroup with one fault ---------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestKernel.h"
#include "WgmmaKernel.h"

#include "gtest/gtest.h"

using namespace tconv;

namespace {

constexpr int imageBytes = 8192;
constexpr const char *fence = "nvvm.wgmma.fence.aligned\n";

/// Sums of 64 by 8, from two operands of 32 bytes of k at 0 and 4096.
WgmmaKernel correct() {
  WgmmaKernel kernel;
  kernel.imageBytes = imageBytes;
  return kernel;
}

uint64_t describe(uint64_t start) { return describeMatrix(start, 16, 1024, 1); }

std::string run(const WgmmaKernel &kernel, const std::string &options = "",
                uint64_t a = describe(0), uint64_t b = describe(4096), uint32_t threads = 128) {
  TestKernel loaded(kernel.text(), *parseEmulatorOptions(options));
  EXPECT_EQ(loaded.loadError, "");
  std::vector<char> image(imageBytes);
  uint64_t y = loaded.allocate(8192), c = loaded.upload(std::vector<float>(2048));
  return loaded.launch("f", {{1, 1, 1}, {threads, 1, 1}, imageBytes},
                       {loaded.upload(image), c, y, a, b});
}

void expectError(const WgmmaKernel &kernel, const std::string &message) {
  for (const char *options : {"async-copies=early", "async-copies=late",
                              "async-copies=late,thread-order=reverse", "thread-order=random"}) {
    std::string error = run(kernel, options);
    EXPECT_NE(error.find(message), error.npos) << options << ": " << error;
  }
}

/// Stores to the shared memory of an operand.
std::string overwrite(const std::string &by) {
  return "%pw" + by + " = llvm.getelementptr %s[%" + by +
         "] : (!llvm.ptr<3>, i32) -> !llvm.ptr<3>, i32\nllvm.store %" + by + ", %pw" + by +
         " : i32, !llvm.ptr<3>";
}

TEST(WgmmaFault, None) {
  for (const char *copies : {"early", "late"})
    for (const char *order : {"forward", "reverse", "random"})
      EXPECT_EQ(run(correct(), std::string("async-copies=") + copies + ",thread-order=" + order),
                "");
}

TEST(WgmmaFault, ThreadsMissing) {
  WgmmaKernel kernel = correct();
  kernel.fence = std::string(fence) + R"(
    %c96 = llvm.mlir.constant(96 : i32) : i32
    %comes = llvm.icmp "ult" %i, %c96 : i32
    llvm.cond_br %comes, ^go, ^end
  ^end:
    llvm.return
  ^go:)";
  expectError(kernel,
              "96 of 128 threads of warpgroup 0 arrived at nvvm.wgmma.mma_async at test.mlir:");
  expectError(kernel, "; threads 96 to 127 ended without");
  std::string small = run(correct(), "", describe(0), describe(4096), 96);
  EXPECT_NE(
      small.find("nvvm.wgmma.fence.aligned: expected a warpgroup of 128 threads, got one of 96"),
      small.npos)
      << small;
}

TEST(WgmmaFault, ThreadsAtTwoOperations) {
  WgmmaKernel kernel = correct();
  kernel.fence = std::string(fence) + R"(
    %c96 = llvm.mlir.constant(96 : i32) : i32
    %comes = llvm.icmp "ult" %i, %c96 : i32
    llvm.cond_br %comes, ^go, ^other
  ^other:
    nvvm.wgmma.wait.group.sync.aligned 0
    llvm.br ^go
  ^go:)";
  expectError(kernel, "expected the threads of a warpgroup at one operation, got ");
}

TEST(WgmmaFault, FenceMissing) {
  WgmmaKernel kernel = correct();
  kernel.fence = "";
  expectError(kernel, "expected a wgmma.fence before the first wgmma of a warpgroup");
}

TEST(WgmmaFault, ResultReadBeforeTheWait) {
  const std::string message =
      "expected a wgmma.wait.group between this use of a register and the nvvm.wgmma.mma_async at "
      "test.mlir:";
  WgmmaKernel kernel = correct();
  kernel.wait = "";
  expectError(kernel, "llvm.store: " + message);
  kernel.wait = "nvvm.wgmma.wait.group.sync.aligned 1";
  expectError(kernel, message);
  kernel = correct();
  kernel.commit = "";
  expectError(kernel, message);
  kernel = correct();
  kernel.afterIssue = "%early = llvm.extractvalue %r1[3] : " + kernel.resultType();
  expectError(kernel, "llvm.extractvalue: " + message);
  kernel.afterIssue = "%early = llvm.insertvalue %zero, %r1[3] : " + kernel.resultType();
  kernel.start = "%zero = llvm.mlir.constant(0.0 : f32) : f32";
  expectError(kernel, "llvm.insertvalue: " + message);
}

TEST(WgmmaFault, WaitTooLaxByOneGroup) {
  WgmmaKernel kernel = correct();
  kernel.steps = 2;
  kernel.offsetsA = kernel.offsetsB = {0, 2};
  EXPECT_EQ(run(kernel), "");
  kernel.afterIssue = "nvvm.wgmma.commit.group.sync.aligned\n" + kernel.product("%r9", "%r0", 0);
  kernel.wait = "nvvm.wgmma.wait.group.sync.aligned 1";
  EXPECT_EQ(run(kernel), "");
  EXPECT_EQ(run(kernel, "async-copies=late"), "");
  kernel.wait = "nvvm.wgmma.wait.group.sync.aligned 2";
  expectError(kernel, "expected a wgmma.wait.group between this use of a register");
}

TEST(WgmmaFault, OperandOverwrittenBeforeTheWait) {
  WgmmaKernel kernel = correct();
  kernel.afterIssue = overwrite("i");
  expectError(kernel, "llvm.store: expected a wait between the nvvm.wgmma.mma_async that warpgroup "
                      "0 issued at test.mlir:");
  kernel.afterIssue = "";
  kernel.wait += "\nnvvm.barrier0\n" + overwrite("i");
  EXPECT_EQ(run(kernel), "");
}

TEST(WgmmaFault, OperandWrittenWithoutABarrier) {
  WgmmaKernel kernel = correct();
  kernel.fence = overwrite("i") + "\n" + fence;
  expectError(kernel, "race: expected a barrier before this read of shared memory that thread");
  // After the wait, threads of other warps may still have to read.
  kernel = correct();
  kernel.steps = 1;
  kernel.fence = overwrite("i") + "\n" + kernel.proxyFence + "\nnvvm.barrier0\n" + fence;
  EXPECT_EQ(run(kernel), "");
}

/// What is stored needs a proxy fence, by who stores it or, once it is known, by who multiplies.
TEST(WgmmaFault, OperandWrittenWithoutAProxyFence) {
  const std::string message =
      "nvvm.wgmma.mma_async: expected a fence.proxy.async between this read of shared memory by "
      "the async proxy and the store of thread (";
  WgmmaKernel kernel = correct();
  const std::string proxyFence = kernel.proxyFence;
  kernel.proxyFence = "";
  expectError(kernel, message);
  kernel.fence = proxyFence + "\n" + fence;
  EXPECT_EQ(run(kernel), "");
  // A fence comes before the barrier, and not before the store.
  kernel = correct();
  kernel.fence = overwrite("i") + "\nnvvm.barrier0\n" + fence;
  expectError(kernel, message);
  // One of each warp does not fence for the others.
  kernel = correct();
  kernel.proxyFence = R"(%lane = llvm.urem %i, %c32 : i32
    %first = llvm.icmp "eq" %lane, %c0 : i32
    llvm.cond_br %first, ^some, ^all
  ^some:
    )" + proxyFence + "\nllvm.br ^all\n^all:";
  kernel.start = "%c0 = llvm.mlir.constant(0 : i32) : i32\n"
                 "%c32 = llvm.mlir.constant(32 : i32) : i32";
  expectError(kernel, message);
  // After a barrier it does.
  kernel.proxyFence = "nvvm.barrier0\n" + kernel.proxyFence;
  EXPECT_EQ(run(kernel), "");
  EXPECT_EQ(run(kernel, "thread-order=reverse"), "");
}

TEST(WgmmaFault, ShapesMixedInOneAccumulator) {
  WgmmaKernel kernel = correct(), other = correct();
  other.typeA = other.typeB = "bf16";
  kernel.afterIssue = other.product("%r9", "%r1", 0);
  expectError(kernel, "expected a wgmma.wait.group between wgmma of two shapes with one "
                      "accumulator, got the other one at test.mlir:");
}

TEST(WgmmaFault, DescriptorsThatAreNone) {
  std::string error = run(correct(), "", describe(0) | uint64_t(1) << 15);
  EXPECT_NE(error.find("expected a matrix descriptor with zeros in bits 14, 15,"), error.npos)
      << error;
  error = run(correct(), "", describe(4096));
  EXPECT_NE(error.find("behind the end of dynamic shared memory of 8192 bytes"), error.npos)
      << error;
  WgmmaKernel kernel = correct();
  kernel.fence += R"(
    %d9 = llvm.zext %i : i32 to i64
    %d8 = llvm.and %d9, %c4 : i64
    %d7 = llvm.add %b0, %d8 : i64)";
  std::string text = kernel.text();
  text.replace(text.find("llvm.add %b0, %kr1b"), 9 + 4, "llvm.add %d7,");
  TestKernel loaded(text);
  ASSERT_EQ(loaded.loadError, "");
  error = loaded.launch("f", {{1, 1, 1}, {128, 1, 1}, imageBytes},
                        {loaded.allocate(imageBytes), loaded.allocate(2048), loaded.allocate(2048),
                         describe(0), describe(4096)});
  EXPECT_NE(error.find("expected one matrix descriptor in all threads of a warpgroup, got 0x"),
            error.npos)
      << error;
  EXPECT_NE(error.find(" in thread 4; in kernel f"), error.npos) << error;
}

TEST(WgmmaFault, TypesThatTheEmulatorLacks) {
  WgmmaKernel kernel = correct();
  kernel.typeA = kernel.typeB = "b1";
  kernel.typeD = "s32";
  kernel.registerType = "i32";
  kernel.k = 256;
  TestKernel loaded(kernel.text());
  EXPECT_TRUE(loaded.unsupported);
  EXPECT_NE(loaded.loadError.find("the emulator has no operation 'nvvm.wgmma.mma_async' of this "
                                  "shape and these types"),
            std::string::npos)
      << loaded.loadError;
}

TEST(WgmmaFault, ResultsOfLongAgo) {
  WgmmaKernel kernel = correct();
  kernel.n = 256;
  kernel.steps = 1;
  kernel.afterWait = "";
  std::string last = "%r1";
  for (int i = 20; i < 32; ++i) {
    std::string next = "%r" + std::to_string(i);
    kernel.afterWait += kernel.product(next, last, 0) + kernel.commit + "\n" + kernel.wait + "\n";
    last = next;
  }
  TestKernel loaded(kernel.text());
  ASSERT_EQ(loaded.loadError, "");
  std::string error =
      loaded.launch("f", {{1, 1, 1}, {128, 1, 1}, 65536},
                    {loaded.allocate(imageBytes), loaded.upload(std::vector<float>(128 * 128)),
                     loaded.allocate(128 * 512), describe(0), describe(4096)});
  EXPECT_NE(error.find("expected a result of one of the last wgmma of the warpgroup"), error.npos)
      << error;
}

} // namespace
