//===- FaultTest.cpp - Kernels with one fault, which the emulator finds ---===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A pipeline of two stages: while one tile is read, an asynchronous copy fills the other one. Each
// test breaks it in one place.
//
//===----------------------------------------------------------------------===//

#include "TestKernel.h"

#include "gtest/gtest.h"

#include <cmath>
#include <numeric>

using namespace tconv;

namespace {

constexpr int numTiles = 6, numThreads = 64, tileFloats = 4 * numThreads;

/// The parts of the kernel that tests replace.
struct Parts {
  std::string beforeRead = "nvvm.barrier0", afterRead = "nvvm.barrier0";
  std::string wait = "nvvm.cp.async.wait.group 1";
  /// The tile to read in round %k.
  std::string readTile = "%k";
  std::string sourceOffset = "0", destinationOffset = "0";
  int rounds = numTiles;
};

std::string replaceAll(std::string text, const std::string &what, const std::string &by) {
  for (size_t at = text.find(what); at != text.npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

/// y[i] = sum over tiles of the element that thread numThreads - 1 - i copied last. Words in
/// capitals stand for parts.
constexpr char pipelineText[] = R"(
gpu.module @kernels {
  llvm.mlir.global external @tiles() {addr_space = 3 : i32, alignment = 16 : i64} : !llvm.array<0 x i8>
  llvm.func internal @issue(%x: !llvm.ptr<1>, %k: i32) {
    %c1 = llvm.mlir.constant(1 : i32) : i32
    %c16 = llvm.mlir.constant(16 : i32) : i32
    %c1024 = llvm.mlir.constant(1024 : i32) : i32
    %so = llvm.mlir.constant(SOURCE : i32) : i32
    %do = llvm.mlir.constant(DESTINATION : i32) : i32
    %tiles = llvm.mlir.addressof @tiles : !llvm.ptr<3>
    %tid = nvvm.read.ptx.sreg.tid.x : i32
    %own = llvm.mul %tid, %c16 : i32
    %from0 = llvm.mul %k, %c1024 : i32
    %from1 = llvm.add %from0, %own : i32
    %from2 = llvm.add %from1, %so : i32
    %stage = llvm.and %k, %c1 : i32
    %to0 = llvm.mul %stage, %c1024 : i32
    %to1 = llvm.add %to0, %own : i32
    %to2 = llvm.add %to1, %do : i32
    %from = llvm.getelementptr %x[%from2] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, i8
    %to = llvm.getelementptr %tiles[%to2] : (!llvm.ptr<3>, i32) -> !llvm.ptr<3>, i8
    nvvm.cp.async.shared.global %to, %from, 16, cache = cg : !llvm.ptr<3>, !llvm.ptr<1>
    llvm.return
  }
  llvm.func @pipeline(%x: !llvm.ptr<1>, %y: !llvm.ptr<1>) attributes {nvvm.kernel} {
    %c0 = llvm.mlir.constant(0 : i32) : i32
    %c1 = llvm.mlir.constant(1 : i32) : i32
    %c32 = llvm.mlir.constant(32 : i32) : i32
    %c256 = llvm.mlir.constant(256 : i32) : i32
    %c4 = llvm.mlir.constant(4 : i32) : i32
    %last = llvm.mlir.constant(255 : i32) : i32
    %rounds = llvm.mlir.constant(ROUNDS : i32) : i32
    %zero = llvm.mlir.constant(0.0 : f32) : f32
    %tiles = llvm.mlir.addressof @tiles : !llvm.ptr<3>
    %tid = nvvm.read.ptx.sreg.tid.x : i32
    %first = llvm.icmp "ult" %tid, %c32 : i32
    llvm.call @issue(%x, %c0) : (!llvm.ptr<1>, i32) -> ()
    nvvm.cp.async.commit.group
    llvm.br ^round(%c0, %zero : i32, f32)
  ^round(%k: i32, %sum: f32):
    %next = llvm.add %k, %c1 : i32
    %more = llvm.icmp "slt" %next, %rounds : i32
    llvm.cond_br %more, ^issue, ^commit
  ^issue:
    llvm.call @issue(%x, %next) : (!llvm.ptr<1>, i32) -> ()
    llvm.br ^commit
  ^commit:
    nvvm.cp.async.commit.group
    WAIT
    BEFORE
    %stage = llvm.and READ, %c1 : i32
    %start = llvm.mul %stage, %c256 : i32
    %own = llvm.mul %tid, %c4 : i32
    %mirrored = llvm.sub %last, %own : i32
    %at = llvm.add %start, %mirrored : i32
    %place = llvm.getelementptr %tiles[%at] : (!llvm.ptr<3>, i32) -> !llvm.ptr<3>, f32
    %v = llvm.load %place : !llvm.ptr<3> -> f32
    %sum1 = llvm.fadd %sum, %v : f32
    AFTER
    llvm.cond_br %more, ^round(%next, %sum1 : i32, f32), ^end
  ^end:
    %py = llvm.getelementptr %y[%tid] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, f32
    llvm.store %sum1, %py : f32, !llvm.ptr<1>
    llvm.return
  }
})";

std::string pipeline(const Parts &parts) {
  std::string text = replaceAll(pipelineText, "SOURCE", parts.sourceOffset);
  text = replaceAll(text, "DESTINATION", parts.destinationOffset);
  text = replaceAll(text, "ROUNDS", std::to_string(parts.rounds));
  text = replaceAll(text, "WAIT", parts.wait);
  text = replaceAll(text, "BEFORE", parts.beforeRead);
  text = replaceAll(text, "READ", parts.readTile);
  return replaceAll(text, "AFTER", parts.afterRead);
}

/// The error of the run; if there is none, "wrong" for wrong numbers, or "".
std::string run(const Parts &parts, const std::string &options) {
  TestKernel kernel(pipeline(parts), *parseEmulatorOptions(options));
  std::vector<float> x(numTiles * tileFloats);
  std::iota(x.begin(), x.end(), 1.0f);
  uint64_t px = kernel.upload(x), py = kernel.allocate(numThreads * 4);
  std::string error = kernel.launch("pipeline", {{1, 1, 1}, {numThreads, 1, 1}, 2048}, {px, py});
  if (!error.empty())
    return error;
  std::vector<float> y = kernel.download<float>(py, numThreads);
  for (int i = 0; i < numThreads; ++i) {
    float expected = 0;
    for (int tile = 0; tile < numTiles; ++tile)
      expected += x[tile * tileFloats + tileFloats - 1 - 4 * i];
    if (y[i] != expected)
      return "wrong";
  }
  return "";
}

void expectError(const Parts &parts, const std::string &message) {
  for (const char *options :
       {"async-copies=early", "async-copies=late", "async-copies=late,thread-order=reverse",
        "async-copies=early,thread-order=random,seed=1"}) {
    std::string error = run(parts, options);
    EXPECT_NE(error.find(message), error.npos) << options << ": " << error;
  }
}

TEST(Fault, NoneInTheWholePipeline) {
  for (const char *copies : {"async-copies=early", "async-copies=late"})
    for (const char *order : {"forward", "reverse", "random"})
      EXPECT_EQ(run({}, std::string(copies) + ",thread-order=" + order), "");
}

TEST(Fault, BarrierBeforeReadingRemoved) {
  Parts parts;
  parts.beforeRead = "";
  expectError(parts, "race: expected a barrier before this");
  EXPECT_NE(run(parts, "async-copies=late,race-check=off"), "");
}

TEST(Fault, BarrierBeforeOverwritingRemoved) {
  Parts parts;
  parts.afterRead = "";
  expectError(parts, "race: expected a");
}

/// A tile is read before its copy has surely landed: reported, and wrong if copies land late.
static void expectUnfinishedCopy(const Parts &parts) {
  expectError(parts,
              "race: expected a wait and a barrier between this read of shared memory and the "
              "asynchronous copy to it that thread");
  EXPECT_EQ(run(parts, "async-copies=late,race-check=off"), "wrong");
}

TEST(Fault, WaitRemoved) {
  Parts parts;
  parts.wait = "";
  expectUnfinishedCopy(parts);
}

TEST(Fault, WaitTooLax) {
  Parts parts;
  parts.wait = "nvvm.cp.async.wait.group 2";
  expectUnfinishedCopy(parts);
}

TEST(Fault, StagesSwapped) {
  Parts parts;
  parts.readTile = "%next";
  expectUnfinishedCopy(parts);
}

TEST(Fault, CopyBehindTheEndOfGlobalMemory) {
  Parts parts;
  parts.rounds = numTiles + 1;
  expectError(parts, "expected the load of 16 bytes to be in global memory that is allocated");
}

TEST(Fault, CopyBehindTheEndOfSharedMemory) {
  Parts parts;
  parts.destinationOffset = "1024";
  expectError(parts, "behind the end of dynamic shared memory of 2048 bytes");
}

TEST(Fault, CopyMisaligned) {
  Parts parts;
  parts.sourceOffset = "8";
  expectError(parts, "nvvm.cp.async.shared.global: expected an address aligned to 16 bytes");
  parts = {};
  parts.destinationOffset = "4";
  expectError(parts, "expected an address aligned to 16 bytes");
}

TEST(Fault, BarrierOfSomeThreads) {
  Parts parts;
  parts.beforeRead = R"(llvm.cond_br %first, ^some, ^all
  ^some:
    nvvm.barrier0
    llvm.br ^all
  ^all:)";
  std::string error = run(parts, "");
  EXPECT_NE(error.find("race: expected a barrier before this"), error.npos) << error;
  parts.afterRead = "";
  EXPECT_NE(run(parts, "race-check=off,async-copies=late"), "");
}

} // namespace
