//===- OperationsTest.cpp - Operations of threads and of warps ------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestKernel.h"

#include "gtest/gtest.h"

using namespace tconv;

namespace {

/// What each of `threads` threads computes as %r of its number %i, and writes.
std::string eachThread(const std::string &body, const std::string &outside = "") {
  return "gpu.module @m {\n" + outside +
         R"(llvm.func @f(%y: !llvm.ptr<1>) attributes {nvvm.kernel} {
    %full = llvm.mlir.constant(-1 : i32) : i32
    %i = nvvm.read.ptx.sreg.tid.x : i32
    )" + body +
         R"(
    %p = llvm.getelementptr %y[%i] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, i32
    llvm.store %r, %p : i32, !llvm.ptr<1>
    llvm.return
  }
})";
}

std::vector<uint32_t> run(const std::string &text, uint32_t threads = 32) {
  TestKernel kernel(text);
  EXPECT_EQ(kernel.loadError, "");
  uint64_t y = kernel.allocate(threads * 4);
  EXPECT_EQ(kernel.launch("f", {{1, 1, 1}, {threads, 1, 1}, 0}, {y}), "");
  return kernel.download<uint32_t>(y, threads);
}

TEST(Operations, VotesAndReductionsOfAWarp) {
  std::string few = "%c5 = llvm.mlir.constant(5 : i32) : i32\n"
                    "%few = llvm.icmp \"ult\" %i, %c5 : i32\n";
  EXPECT_EQ(run(eachThread(few + "%r = nvvm.vote.sync ballot %full, %few -> i32"))[9], 31u);
  EXPECT_EQ(run(eachThread(few + "%b = nvvm.vote.sync any %full, %few -> i1\n"
                                 "%r = llvm.zext %b : i1 to i32"))[9],
            1u);
  EXPECT_EQ(run(eachThread(few + "%b = nvvm.vote.sync all %full, %few -> i1\n"
                                 "%r = llvm.zext %b : i1 to i32"))[2],
            0u);
  EXPECT_EQ(run(eachThread("%r = nvvm.redux.sync add %i, %full : i32 -> i32"))[3], 496u);
  EXPECT_EQ(run(eachThread("%r = nvvm.redux.sync max %i, %full : i32 -> i32"))[3], 31u);
  auto elected = run(eachThread("%b = nvvm.elect.sync -> i1\n%r = llvm.zext %b : i1 to i32"));
  EXPECT_EQ(elected[0], 1u);
  EXPECT_EQ(elected[1], 0u);
  EXPECT_EQ(run(eachThread("%one = llvm.mlir.constant(1 : i32) : i32\n"
                           "%odd = llvm.and %i, %one : i32\n"
                           "%r = nvvm.match.sync any %full, %odd : i32 -> i32"))[3],
            0xaaaaaaaau);
}

TEST(Operations, ConversionsAndDotProducts) {
  auto tf32 = run(eachThread("%f = llvm.mlir.constant(1.00048828125 : f32) : f32\n"
                             "%r = nvvm.convert.float.to.tf32 %f {rnd = #nvvm.fp_rnd_mode<rna>}"));
  EXPECT_EQ(tf32[0], 0x3f802000u);
  auto pair =
      run(eachThread("%a = llvm.mlir.constant(1.0 : f32) : f32\n"
                     "%b = llvm.mlir.constant(2.0 : f32) : f32\n"
                     "%v = nvvm.convert.f32x2.to.f16x2 %a, %b {rnd = #nvvm.fp_rnd_mode<rn>} "
                     ": vector<2xf16>\n%r = llvm.bitcast %v : vector<2xf16> to i32"));
  EXPECT_EQ(pair[0], 0x3c004000u);
  auto dot = run(eachThread(
      "%a = llvm.mlir.constant(dense<[1, 2, 3, -4]> : vector<4xi8>) : vector<4xi8>\n"
      "%b = llvm.mlir.constant(dense<[5, 6, 7, -1]> : vector<4xi8>) : vector<4xi8>\n"
      "%r = nvvm.dot.accumulate.4way %a <signed>, %b <unsigned>, %i : vector<4xi8>, vector<4xi8>"));
  EXPECT_EQ(dot[2], static_cast<uint32_t>(5 + 12 + 21 - 4 * 255 + 2));
  auto permuted = run(eachThread("%a = llvm.mlir.constant(0x33221100 : i32) : i32\n"
                                 "%b = llvm.mlir.constant(0x77665544 : i32) : i32\n"
                                 "%s = llvm.mlir.constant(0x1750 : i32) : i32\n"
                                 "%r = nvvm.prmt <default> %s, %a, %b : i32"));
  EXPECT_EQ(permuted[0], 0x11775500u);
}

TEST(Operations, FunctionsOfTheDeviceLibrary) {
  auto values = run(eachThread("%f = llvm.mlir.constant(4.0 : f32) : f32\n"
                               "%s = llvm.call @__nv_rsqrtf(%f) : (f32) -> f32\n"
                               "%t = llvm.call @__nv_fmaxf(%s, %f) : (f32, f32) -> f32\n"
                               "%u = llvm.fadd %s, %t : f32\n%r = llvm.bitcast %u : f32 to i32",
                               "llvm.func @__nv_rsqrtf(f32) -> f32\n"
                               "llvm.func @__nv_fmaxf(f32, f32) -> f32\n"));
  EXPECT_EQ(values[0], 0x40900000u); // 4.5
  TestKernel unknown(eachThread("%r = llvm.call @__nv_nothing(%i) : (i32) -> i32",
                                "llvm.func @__nv_nothing(i32) -> i32\n"));
  EXPECT_TRUE(unknown.unsupported);
  EXPECT_NE(unknown.loadError.find("the emulator has no function '__nv_nothing'"),
            std::string::npos)
      << unknown.loadError;
}

TEST(Operations, ClassesOfNumbersAndIntegerPowers) {
  auto values =
      run(eachThread("%f = llvm.mlir.constant(3.0 : f32) : f32\n"
                     "%two = llvm.mlir.constant(2 : i32) : i32\n"
                     "%s = llvm.call @__nv_powif(%f, %two) : (f32, i32) -> f32\n"
                     "%q = llvm.call @__nv_finitef(%s) : (f32) -> i32\n"
                     "%n = llvm.call @__nv_isnanf(%s) : (f32) -> i32\n"
                     "%z = llvm.call @__nv_isinff(%s) : (f32) -> i32\n"
                     "%t = llvm.fptoui %s : f32 to i32\n%u = llvm.add %t, %n : i32\n"
                     "%w = llvm.add %u, %z : i32\n%c0 = llvm.mlir.constant(0 : i32) : i32\n"
                     "%is = llvm.icmp \"ne\" %q, %c0 : i32\n"
                     "%r = llvm.select %is, %w, %c0 : i1, i32",
                     "llvm.func @__nv_powif(f32, i32) -> f32\n"
                     "llvm.func @__nv_finitef(f32) -> i32\n"
                     "llvm.func @__nv_isnanf(f32) -> i32\n"
                     "llvm.func @__nv_isinff(f32) -> i32\n"));
  EXPECT_EQ(values[0], 9u);
}

/// What a thread of a cluster of one block sees, and the barrier of the cluster.
TEST(Operations, ClustersOfOneBlock) {
  const std::string data =
      "llvm.mlir.global internal @data() {addr_space = 3 : i32, alignment = 4 : i64} "
      ": !llvm.array<64 x i32>\n";
  const std::string body = R"(
    %data = llvm.mlir.addressof @data : !llvm.ptr<3>
    %rank = nvvm.read.ptx.sreg.cluster.ctarank : i32
    %size = nvvm.read.ptx.sreg.cluster.nctarank : i32
    %mapped = nvvm.mapa %data, RANK : !llvm.ptr<3> -> !llvm.ptr<7>
    %c63 = llvm.mlir.constant(63 : i32) : i32
    %j = llvm.sub %c63, %i : i32
    %own = llvm.getelementptr %data[%i] : (!llvm.ptr<3>, i32) -> !llvm.ptr<3>, i32
    %other = llvm.getelementptr %mapped[%j] : (!llvm.ptr<7>, i32) -> !llvm.ptr<7>, i32
    llvm.store %i, %own : i32, !llvm.ptr<3>
    ARRIVE
    nvvm.cluster.wait
    %r = llvm.load %other : !llvm.ptr<7> -> i32)";
  auto text = [&](const std::string &rank, const std::string &arrive) {
    std::string filled = body;
    filled.replace(filled.find("RANK"), 4, rank);
    filled.replace(filled.find("ARRIVE"), 6, arrive);
    return eachThread(filled, data);
  };
  EXPECT_EQ(run(text("%rank", "nvvm.cluster.arrive"), 64)[3], 60u);
  auto fail = [&](const std::string &kernelText) {
    TestKernel kernel(kernelText);
    return kernel.launch("f", {{1, 1, 1}, {64, 1, 1}, 0}, {kernel.allocate(256)});
  };
  EXPECT_NE(fail(text("%size", "nvvm.cluster.arrive"))
                .find("nvvm.mapa: expected rank 0 in a cluster of one block, got 1"),
            std::string::npos);
  EXPECT_NE(fail(text("%rank", "")).find("expected a cluster.arrive before this wait"),
            std::string::npos);
  EXPECT_NE(fail(text("%rank", "nvvm.cluster.arrive\nnvvm.cluster.arrive"))
                .find("expected a cluster.wait between two arrivals"),
            std::string::npos);
  EXPECT_NE(fail(text("%rank", R"(llvm.cond_br %leaves, ^end, ^stay
  ^end:
    llvm.return
  ^stay:
    nvvm.cluster.arrive)")
                     .insert(text("", "").find("%data = "),
                             "%c9 = llvm.mlir.constant(9 : i32) : i32\n"
                             "%leaves = llvm.icmp \"ult\" %i, %c9 : i32\n"))
                .find("55 of 64 threads arrived at the barrier of the cluster; threads 9 to 63 "
                      "wait at test.mlir:"),
            std::string::npos);
}

/// Two warps read what a third one overwrites once an mbarrier says that each has read it.
TEST(Operations, ReadersThatArriveOneByOne) {
  auto text = [](const std::string &arrive) {
    return eachThread(R"(
    %c0 = llvm.mlir.constant(0 : i32) : i32
    %c64 = llvm.mlir.constant(64 : i32) : i32
    %ticks = llvm.mlir.constant(1000 : i32) : i32
    %bar = llvm.mlir.addressof @bar : !llvm.ptr<3>
    %data = llvm.mlir.addressof @data : !llvm.ptr<3>
    %first = llvm.icmp "eq" %i, %c0 : i32
    nvvm.mbarrier.init %bar, %c64, predicate = %first : !llvm.ptr<3>, i32, i1
    nvvm.barrier0
    %reader = llvm.icmp "ult" %i, %c64 : i32
    llvm.cond_br %reader, ^read, ^write
  ^read:
    %v = llvm.load %data : !llvm.ptr<3> -> i32
    )" + arrive + R"(
    llvm.br ^end(%v : i32)
  ^write:
    nvvm.mbarrier.try_wait.parity %bar, %c0, %ticks : !llvm.ptr<3>, i32, i32
    llvm.cond_br %last, ^store, ^end(%i : i32)
  ^store:
    llvm.store %i, %data : i32, !llvm.ptr<3>
    llvm.br ^end(%i : i32)
  ^end(%r: i32):)",
                      "llvm.mlir.global internal @bar() {addr_space = 3 : i32} : i64\n"
                      "llvm.mlir.global internal @data() {addr_space = 3 : i32, alignment = 4 : "
                      "i64} : i32\n");
  };
  auto build = [&](const std::string &arrive) {
    std::string whole = text(arrive);
    return whole.insert(whole.find("%c0 = "), "%c95 = llvm.mlir.constant(95 : i32) : i32\n"
                                              "%last = llvm.icmp \"eq\" %i, %c95 : i32\n");
  };
  EXPECT_EQ(run(build("nvvm.mbarrier.arrive %bar : !llvm.ptr<3>"), 96)[95], 95u);
  // A second read behind the arrival is one that the mbarrier says nothing of.
  TestKernel late(build("nvvm.mbarrier.arrive %bar : !llvm.ptr<3>\n"
                        "%again = llvm.load %data : !llvm.ptr<3> -> i32"));
  std::string error = late.launch("f", {{1, 1, 1}, {96, 1, 1}, 0}, {late.allocate(384)});
  EXPECT_NE(
      error.find("race: expected a barrier before this write of shared memory that warp 1 read"),
      error.npos)
      << error;
}

TEST(Operations, AssertionsEndTheLaunch) {
  TestKernel kernel(R"(
gpu.module @m {
  llvm.mlir.global internal constant @text("i is even\00")
  llvm.func @__assertfail(!llvm.ptr, !llvm.ptr, i32, !llvm.ptr, i64)
  llvm.func @f() attributes {nvvm.kernel} {
    %t = llvm.mlir.addressof @text : !llvm.ptr
    %line = llvm.mlir.constant(1 : i32) : i32
    %size = llvm.mlir.constant(1 : i64) : i64
    llvm.call @__assertfail(%t, %t, %line, %t, %size) : (!llvm.ptr, !llvm.ptr, i32, !llvm.ptr, i64) -> ()
    llvm.return
  }
})");
  EXPECT_EQ(kernel.launch("f", {{1, 1, 1}, {1, 1, 1}, 0}, {}),
            "test.mlir:9:5: llvm.call: assertion failed: i is even; in kernel f, block (0, 0, 0), "
            "thread (0, 0, 0)");
}

/// Warp 0 writes 32 numbers and arrives, warp 1 waits and reads them.
std::string handOver(const std::string &arrive) {
  return eachThread(R"(
    %c0 = llvm.mlir.constant(0 : i32) : i32
    %c31 = llvm.mlir.constant(31 : i32) : i32
    %c32 = llvm.mlir.constant(32 : i32) : i32
    %ticks = llvm.mlir.constant(1000 : i32) : i32
    %bar = llvm.mlir.addressof @bar : !llvm.ptr<3>
    %data = llvm.mlir.addressof @data : !llvm.ptr<3>
    %lane = llvm.and %i, %c31 : i32
    %place = llvm.getelementptr %data[%lane] : (!llvm.ptr<3>, i32) -> !llvm.ptr<3>, i32
    %first = llvm.icmp "eq" %i, %c0 : i32
    nvvm.mbarrier.init %bar, %c32, predicate = %first : !llvm.ptr<3>, i32, i1
    nvvm.barrier0
    %producer = llvm.icmp "ult" %i, %c32 : i32
    llvm.cond_br %producer, ^write, ^read
  ^write:
    llvm.store %i, %place : i32, !llvm.ptr<3>
    )" + arrive + R"(
    llvm.br ^end(%i : i32)
  ^read:
    nvvm.mbarrier.try_wait.parity %bar, %c0, %ticks : !llvm.ptr<3>, i32, i32
    %v = llvm.load %place : !llvm.ptr<3> -> i32
    llvm.br ^end(%v : i32)
  ^end(%r: i32):)",
                    "llvm.mlir.global internal @bar() {addr_space = 3 : i32} : i64\n"
                    "llvm.mlir.global internal @data() {addr_space = 3 : i32, alignment = 4 : i64} "
                    ": !llvm.array<32 x i32>\n");
}

TEST(Operations, MbarriersOrderWarps) {
  auto values = run(handOver("nvvm.mbarrier.arrive %bar : !llvm.ptr<3>"), 64);
  for (uint32_t i = 0; i < 64; ++i)
    EXPECT_EQ(values[i], i % 32);
  TestKernel stuck(handOver(""));
  std::string error = stuck.launch("f", {{1, 1, 1}, {64, 1, 1}, 0}, {stuck.allocate(256)});
  EXPECT_NE(error.find("threads 32 to 63 wait at nvvm.mbarrier.try_wait.parity at test.mlir:"),
            error.npos)
      << error;
}

/// Lane i loads the word i * stride of global memory, and of shared memory.
std::string strided(int stride) {
  return eachThread("%stride = llvm.mlir.constant(" + std::to_string(stride) + R"( : i32) : i32
    %at = llvm.mul %i, %stride : i32
    %data = llvm.mlir.addressof @data : !llvm.ptr<3>
    %ps = llvm.getelementptr %data[%at] : (!llvm.ptr<3>, i32) -> !llvm.ptr<3>, i32
    %pg = llvm.getelementptr %y[%at] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, i32
    %a = llvm.load %ps : !llvm.ptr<3> -> i32
    %b = llvm.load %pg : !llvm.ptr<1> -> i32
    %r = llvm.add %a, %b : i32)",
                    "llvm.mlir.global internal @data() {addr_space = 3 : i32, alignment = 4 : i64} "
                    ": !llvm.array<1024 x i32>\n");
}

TEST(Operations, SectorsAndBankConflictsOfWarps) {
  struct Case {
    int stride;
    uint64_t loadSectors, conflicts;
  };
  for (Case c : {Case{1, 4, 0}, Case{2, 8, 1}, Case{8, 32, 7}, Case{32, 32, 31}}) {
    TestKernel kernel(strided(c.stride), *parseEmulatorOptions("warp-traffic=on"));
    uint64_t y = kernel.allocate(4096);
    ASSERT_EQ(kernel.launch("f", {{1, 1, 1}, {32, 1, 1}, 0}, {y}), "");
    // The store takes four sectors.
    EXPECT_EQ(kernel.device.lastLaunch().globalSectors, c.loadSectors + 4);
    EXPECT_EQ(kernel.device.lastLaunch().bankConflicts, c.conflicts);
    EXPECT_NE(kernel.device.lastAccesses().find("llvm.load: 32 by threads, 128 bytes, " +
                                                std::to_string(c.loadSectors) + " sectors"),
              std::string::npos)
        << kernel.device.lastAccesses();
  }
}

} // namespace
