//===- InterpreterTest.cpp - Tests of running functions of a program ------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RecordingDevice.h"

#include "gtest/gtest.h"

#include <limits>

using namespace tconv;

namespace {

/// A function without tensors that returns nothing.
Program programOf(std::vector<Instruction> code) {
  Program program;
  program.entry.name = "main";
  program.entry.numRegisters = 20;
  program.entry.code = std::move(code);
  program.kernels = {{"kernel", {8, 4}}, {"maps", {128, 8}}};
  TensorMapRecipe recipe;
  recipe.box = {8, 2};
  recipe.steps = {1, 1};
  program.tensorMaps.push_back(recipe);
  program.segments.push_back({std::vector<std::byte>(4)});
  return program;
}

class InterpreterTest : public testing::Test {
protected:
  Status run(std::vector<Instruction> code) {
    Program program = programOf(std::move(code));
    if (Status status = verify(program); !status)
      return status;
    RecordingModule module(device);
    ProgramContext context{program, device, &module, {4096}};
    Result<Returned> returned = interpret(context, program.entry, {});
    return returned ? success() : Status(returned.error());
  }

  /// What an opcode makes of two numbers, seen as the arguments of a kernel.
  std::string compute(Opcode opcode, int64_t a, int64_t b) {
    device.calls.clear();
    Status status = run({{Opcode::Constant, 0, {}, a, ""},
                         {Opcode::Constant, 1, {}, b, ""},
                         {opcode, 2, {0, 1}, 0, ""},
                         {Opcode::Constant, 3, {}, 1, ""},
                         {Opcode::Launch, 0, {3, 3, 3, 3, 3, 3, 3, 2, 3}, 0, ""},
                         {Opcode::Return, 0, {}, 0, ""}});
    if (!status)
      return status.message();
    std::string call = device.calls.back();
    std::string words = call.substr(call.rfind('|') + 2);
    return std::to_string(static_cast<int64_t>(std::stoull(words)));
  }

  RecordingDevice device;
};

TEST_F(InterpreterTest, Computes) {
  constexpr int64_t least = std::numeric_limits<int64_t>::min();
  EXPECT_EQ(compute(Opcode::Add, 7, -9), "-2");
  EXPECT_EQ(compute(Opcode::Sub, 7, -9), "16");
  EXPECT_EQ(compute(Opcode::Mul, 7, -9), "-63");
  EXPECT_EQ(compute(Opcode::DivSigned, -7, 2), "-3");
  EXPECT_EQ(compute(Opcode::RemSigned, -7, 2), "-1");
  EXPECT_EQ(compute(Opcode::DivSigned, least, -1), std::to_string(least));
  EXPECT_EQ(compute(Opcode::RemSigned, least, -1), "0");
  EXPECT_EQ(compute(Opcode::DivUnsigned, -2, 2),
            std::to_string(std::numeric_limits<int64_t>::max()));
  EXPECT_EQ(compute(Opcode::RemUnsigned, -1, 16), "15");
  EXPECT_EQ(compute(Opcode::ShiftLeft, 3, 4), "48");
  EXPECT_EQ(compute(Opcode::ShiftLeft, 3, 64), "0");
  EXPECT_EQ(compute(Opcode::ShiftRight, -1, 63), "1");
  EXPECT_EQ(compute(Opcode::ShiftRightSigned, -8, 1), "-4");
  EXPECT_EQ(compute(Opcode::ShiftRightSigned, -8, 99), "-1");
  EXPECT_EQ(compute(Opcode::LessSigned, -1, 0), "1");
  EXPECT_EQ(compute(Opcode::LessUnsigned, -1, 0), "0");
  EXPECT_EQ(compute(Opcode::LessEqualSigned, 2, 2), "1");
  EXPECT_EQ(compute(Opcode::Equal, 2, 3), "0");
  EXPECT_EQ(compute(Opcode::Xor, 6, 3), "5");
}

TEST_F(InterpreterTest, RefusesWhatHasNoResult) {
  EXPECT_EQ(compute(Opcode::DivSigned, 1, 0), "expected a divisor other than 0 in div_signed");
  EXPECT_EQ(compute(Opcode::MulSize, int64_t(1) << 40, int64_t(1) << 40),
            "expected sizes of less than 2^63 bytes, got 1099511627776 * 1099511627776");
}

TEST_F(InterpreterTest, Branches) {
  // Counts down from 3, with a copy in each round.
  ASSERT_TRUE(run({{Opcode::Constant, 0, {}, 3, ""},
                   {Opcode::Constant, 1, {}, 1, ""},
                   {Opcode::Allocate, 2, {0}, 0, ""},
                   {Opcode::Branch, 0, {0}, 7, ""},
                   {Opcode::Copy, 0, {2, 2, 0}, 0, ""},
                   {Opcode::Sub, 0, {0, 1}, 0, ""},
                   {Opcode::Jump, 0, {}, 3, ""},
                   {Opcode::Free, 0, {2}, 0, ""},
                   {Opcode::Return, 0, {}, 0, ""}})
                  .ok());
  std::vector<std::string> expected = {"allocate 3", "copy 3", "copy 2", "copy 1", "free"};
  EXPECT_EQ(device.calls, expected);
}

TEST_F(InterpreterTest, FreesWhatAFailedRunAllocated) {
  Status status = run({{Opcode::Constant, 0, {}, 0, ""},
                       {Opcode::Allocate, 1, {0}, 0, ""},
                       {Opcode::Check, 0, {0}, 0, "expected something"},
                       {Opcode::Return, 0, {}, 0, ""}});
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.message(), "expected something");
  EXPECT_TRUE(device.buffers.empty());
  EXPECT_EQ(device.calls.front(), "allocate 1"); // of no bytes, at least one
}

TEST_F(InterpreterTest, RefusesNegativeSizesAndFreesOnce) {
  Status status = run({{Opcode::Constant, 0, {}, -1, ""},
                       {Opcode::Allocate, 1, {0}, 0, ""},
                       {Opcode::Return, 0, {}, 0, ""}});
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.message(), "expected buffers of 0 to 2^63 - 1 bytes, got -1");
  EXPECT_TRUE(device.calls.empty());
  status = run({{Opcode::Constant, 0, {}, 8, ""},
                {Opcode::Allocate, 1, {0}, 0, ""},
                {Opcode::Free, 0, {1}, 0, ""},
                {Opcode::Free, 0, {1}, 0, ""},
                {Opcode::Return, 0, {}, 0, ""}});
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.message(),
            "expected buffers to be freed once, by the function that allocated them");
}

TEST_F(InterpreterTest, LaunchesNothingForEmptyGrids) {
  ASSERT_TRUE(run({{Opcode::Constant, 0, {}, 1, ""},
                   {Opcode::Constant, 1, {}, 0, ""},
                   {Opcode::Launch, 0, {0, 1, 0, 0, 0, 0, 1, 0, 0}, 0, ""},
                   {Opcode::Return, 0, {}, 0, ""}})
                  .ok());
  EXPECT_TRUE(device.calls.empty());
  Status status = run({{Opcode::Constant, 0, {}, int64_t(1) << 32, ""},
                       {Opcode::Launch, 0, {0, 0, 0, 0, 0, 0, 0, 0, 0}, 0, ""},
                       {Opcode::Return, 0, {}, 0, ""}});
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.message(),
            "expected sizes from 0 to 2^32 - 1 in the launch of kernel, got 4294967296");
}

TEST_F(InterpreterTest, MapsTensors) {
  auto map = [&](int64_t stride) {
    device.calls.clear();
    return run({{Opcode::Constant, 0, {}, 1 << 12, ""},
                {Opcode::Constant, 1, {}, stride, ""},
                {Opcode::Constant, 2, {}, 1, ""},
                {Opcode::MapTensor, 3, {0, 0, 2, 1}, 0, ""},
                {Opcode::Launch, 0, {2, 2, 2, 2, 2, 2, 2, 3, 2}, 1, ""},
                {Opcode::Return, 0, {}, 0, ""}});
  };
  ASSERT_TRUE(map(32).ok());
  std::vector<std::string> expected = {
      "map tiled f32 box 8 2 steps 1 1 swizzle 0 promotion 0 fill zero",
      "maps 1 1 1 | 1 1 1 | 1 | 4096 4096"};
  EXPECT_EQ(device.calls, expected);
  EXPECT_EQ(map(33).message(),
            "expected a tensor map with strides of a multiple of 16 bytes below 2^40, got 33");
}

TEST_F(InterpreterTest, VerifiesPrograms) {
  auto message = [&](std::vector<Instruction> code) { return run(std::move(code)).message(); };
  EXPECT_EQ(message({}), "function main: expected instructions, got none");
  EXPECT_EQ(message({{Opcode::Constant, 0, {}, 0, ""}}),
            "function main: expected a return or a jump at the end, got constant");
  EXPECT_EQ(message({{Opcode::Jump, 0, {}, 1, ""}}),
            "function main: instruction 0: expected a number from 0 to 0 in jump, got 1");
  EXPECT_EQ(message({{Opcode::Move, 0, {20}, 0, ""}, {Opcode::Return, 0, {}, 0, ""}}),
            "function main: instruction 0: expected registers below r20");
  EXPECT_EQ(message({{Opcode::Launch, 0, {0}, 0, ""}, {Opcode::Return, 0, {}, 0, ""}}),
            "function main: instruction 0: expected 9 operands of launch, got 1");
  EXPECT_EQ(message({{Opcode::Segment, 0, {}, 1, ""}, {Opcode::Return, 0, {}, 0, ""}}),
            "function main: instruction 0: expected a number from 0 to 0 in segment, got 1");
  EXPECT_EQ(message({{Opcode::MapTensor, 4, {0, 0, 0}, 0, ""}, {Opcode::Return, 0, {}, 0, ""}}),
            "function main: instruction 0: expected 4 operands of tensor_map, got 3");
  EXPECT_EQ(message({{Opcode::MapTensor, 5, {0, 0, 0, 0}, 0, ""}, {Opcode::Return, 0, {}, 0, ""}}),
            "function main: instruction 0: expected registers below r20");
  EXPECT_EQ(message({{Opcode::Launch, 0, {0, 0, 0, 0, 0, 0, 0, 5, 0}, 1, ""},
                     {Opcode::Return, 0, {}, 0, ""}}),
            "function main: instruction 0: expected registers below r20");
}

} // namespace
