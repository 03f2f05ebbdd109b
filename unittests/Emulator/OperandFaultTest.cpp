//===- OperandFaultTest.cpp - Operations with wrong operands --------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One operation in a kernel, or one call of the device, with an operand that it cannot take: each
// is refused, by a message that says what was expected.
//
//===----------------------------------------------------------------------===//

#include "TestKernel.h"

#include "gtest/gtest.h"

using namespace tconv;

namespace {

/// The error of a kernel that executes `body` with %i, the thread's number, some constants and
/// %bar, 8 bytes of shared memory.
std::string run(const std::string &body, uint32_t threads = 64) {
  TestKernel kernel(R"(gpu.module @m {
  llvm.mlir.global internal @bar() {addr_space = 3 : i32, alignment = 16 : i64} : !llvm.array<64 x i8>
  llvm.func @f(%x: !llvm.ptr<1>) attributes {nvvm.kernel} {
    %bar = llvm.mlir.addressof @bar : !llvm.ptr<3>
    %i = nvvm.read.ptx.sreg.tid.x : i32
    %full = llvm.mlir.constant(-1 : i32) : i32
    %c0 = llvm.mlir.constant(0 : i32) : i32
    %c1 = llvm.mlir.constant(1 : i32) : i32
    %c15 = llvm.mlir.constant(15 : i32) : i32
    %c16 = llvm.mlir.constant(16 : i32) : i32
    %c31 = llvm.mlir.constant(31 : i32) : i32
    %c32 = llvm.mlir.constant(32 : i32) : i32
    %c48 = llvm.mlir.constant(48 : i32) : i32
    %c64 = llvm.mlir.constant(64 : i32) : i32
    %many = llvm.mlir.constant(1048576 : i32) : i32
    %low = llvm.icmp "ult" %i, %c1 : i32
    %half = llvm.icmp "ult" %i, %c16 : i32
    )" + body + R"(
    llvm.return
  }
})");
  EXPECT_EQ(kernel.loadError, "");
  uint64_t x = kernel.allocate(64);
  return kernel.launch("f", {{1, 1, 1}, {threads, 1, 1}, 0}, {x});
}

void expectError(const std::string &body, const std::string &message, uint32_t threads = 64) {
  std::string error = run(body, threads);
  EXPECT_NE(error.find(message), error.npos) << error;
}

/// Threads below a limit go to ^a, the others to ^b, and meet at ^end.
std::string branch(const std::string &condition, const std::string &a, const std::string &b) {
  return "llvm.cond_br " + condition + ", ^a, ^b\n^a:\n" + a + "\nllvm.br ^end\n^b:\n" + b +
         "\nllvm.br ^end\n^end:\n";
}

const std::string thread0 = "llvm.cond_br %low, ^first, ^end\n^first:\n";
const std::string end = "\nllvm.br ^end\n^end:\n";

TEST(OperandFault, BarriersOfTheBlock) {
  expectError("nvvm.barrier id = %c16", "expected a barrier from 0 to 15, got 16");
  expectError("nvvm.barrier id = %c1 number_of_threads = %c48",
              "expected a barrier of whole warps and at most 64 threads, got one of 48");
  expectError("%second = llvm.and %i, %c32 : i32\n%n = llvm.sub %c64, %second : i32\n"
              "nvvm.barrier id = %c1 number_of_threads = %n",
              "expected barrier 1 to be of 64 threads as at ");
  expectError(branch("%half", "nvvm.barrier0", "nvvm.barrier0"),
              "expected the threads of a warp at one barrier, got some of them at barrier 0 at ",
              32);
}

TEST(OperandFault, MasksOfWarps) {
  expectError("nvvm.bar.warp.sync %c1 : i32",
              "expected a mask with the lane that executes it, got lane 1 and mask 0x1", 32);
  expectError(branch("%half", "nvvm.bar.warp.sync %full : i32", "nvvm.bar.warp.sync %full : i32"),
              "expected the lanes of a warp at one operation, got some of them at ", 32);
  expectError("%c3 = llvm.mlir.constant(3 : i32) : i32\n"
              "%m = llvm.select %low, %c31, %c3 : i1, i32\nnvvm.bar.warp.sync %m : i32",
              "expected the lanes of a warp to have one mask, got ", 5);
  const std::string shuffle = "%v = nvvm.shfl.sync down %c15, %i, %c1, %c31 : i32 -> i32";
  expectError("%four = llvm.mlir.constant(4 : i32) : i32\n"
              "%few = llvm.icmp \"ult\" %i, %four : i32\nllvm.cond_br %few, ^go, ^end\n^go:\n" +
                  shuffle + end,
              "expected a shuffle from a lane of mask 0xf, got lane 3 reading lane 4", 32);
}

TEST(OperandFault, Mbarriers) {
  const std::string type = " : !llvm.ptr<3>";
  const std::string arrive = "%s = nvvm.mbarrier.arrive %bar" + type + " -> i64";
  auto initialize = [&](const std::string &count) {
    return thread0 + "nvvm.mbarrier.init %bar, " + count + type + ", i32\n";
  };
  expectError(initialize("%c0") + end, "expected an mbarrier of 1 to 1048575 arrivals, got 0");
  expectError(initialize("%many") + end, "arrivals, got 1048576");
  expectError(thread0 + arrive + end, "expected an mbarrier that was initialised, got address 0x");
  expectError(initialize("%c1") + "nvvm.mbarrier.expect_tx %bar, %many" + type + ", i32" + end,
              "expected at most 1048575 bytes for a phase of the mbarrier, got 1048576");
  expectError(initialize("%c1") + "%s = nvvm.mbarrier.arrive.nocomplete %bar, %c16" + type +
                  ", i32 -> i64" + end,
              "expected 1 arrivals in a phase of the mbarrier, got more");
}

TEST(OperandFault, AnEndlessWait) {
  const std::string type = " : !llvm.ptr<3>";
  expectError(thread0 + "nvvm.mbarrier.init %bar, %c1" + type +
                  ", i32\nllvm.br ^test\n^test:\n"
                  "%over = nvvm.mbarrier.test.wait %bar, %c0" +
                  type + ", i32 -> i1\nllvm.cond_br %over, ^end, ^test\n^end:\n",
              "expected a phase of the mbarrier to end, got 1048576 tests while nothing happened",
              1);
}

TEST(OperandFault, CopiesOfMoreBytesThanTheirSize) {
  expectError(thread0 +
                  "nvvm.cp.async.shared.global %bar, %x, 16, cache = cg, %c32 : "
                  "!llvm.ptr<3>, !llvm.ptr<1>, i32" +
                  end,
              "expected at most 16 bytes to copy, got 32");
}

TEST(OperandFault, MemoryOfTheDevice) {
  EmulatedDevice device;
  EXPECT_NE(device.allocate(uint64_t(1) << 62).message().find("expected an allocation of at most "),
            std::string::npos);
  Result<DeviceAddress> buffer = device.allocate(64);
  ASSERT_TRUE(buffer) << buffer.message();
  EXPECT_NE(
      device.free(*buffer + 1).message().find("expected the address of an allocation to free"),
      std::string::npos);
  char bytes[65] = {};
  for (const Status &status :
       {device.copyToDevice(*buffer, bytes, 65), device.copyToHost(bytes, *buffer, 65)})
    EXPECT_NE(status.message().find("expected a copy within an allocation of the emulated device, "
                                    "got 65 bytes at "),
              std::string::npos)
        << status.message();
  EXPECT_TRUE(device.free(*buffer));
}

} // namespace
