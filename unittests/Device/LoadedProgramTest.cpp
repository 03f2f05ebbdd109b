//===- LoadedProgramTest.cpp - Tests of programs on a device --------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RecordingDevice.h"

#include "tconv/Device/DeviceMemory.h"

#include "gtest/gtest.h"

using namespace tconv;

namespace {

/// Copies its input to a new buffer and returns that, from byte `offset` on, `times` times.
Program copying(int64_t offset, unsigned times) {
  Program program;
  Function &entry = program.entry;
  entry.name = "main";
  entry.inputs = {{ElementType::F32, {-1}}};
  entry.numArguments = 5;
  entry.numRegisters = 12;
  entry.code = {{Opcode::Constant, 5, {}, 4, ""},      {Opcode::Mul, 6, {3, 5}, 0, ""},
                {Opcode::Constant, 7, {}, offset, ""}, {Opcode::Add, 8, {6, 7}, 0, ""},
                {Opcode::Allocate, 9, {8}, 0, ""},     {Opcode::Add, 10, {9, 7}, 0, ""},
                {Opcode::Copy, 0, {10, 1, 6}, 0, ""},  {Opcode::Constant, 11, {}, 0, ""}};
  Instruction returned{Opcode::Return, 0, {}, 0, ""};
  for (unsigned time = 0; time < times; ++time) {
    entry.results.push_back({ElementType::F32, {-1}});
    for (Register word : {9, 10, 11, 3, 4})
      returned.operands.push_back(word);
  }
  entry.code.push_back(returned);
  return program;
}

class LoadedProgramTest : public testing::Test {
protected:
  std::vector<float> run(Program program, size_t result) {
    auto loaded =
        LoadedProgram::load(std::move(program), device, std::make_unique<RecordingModule>(device));
    EXPECT_TRUE(loaded.ok());
    auto tensor = HostTensor::allocate(ElementType::F32, {3});
    for (int index = 0; index < 3; ++index)
      tensor->set(index, index + 1);
    DeviceMemory memory(device);
    auto input = memory.upload(*tensor);
    std::vector<DeviceTensor> outputs;
    Status status = (*loaded)->run({*input}, {}, outputs);
    EXPECT_TRUE(status.ok());
    std::vector<float> values;
    auto copy = download(device, outputs[result]);
    for (int64_t index = 0; index < copy->numElements(); ++index)
      values.push_back(static_cast<float>(copy->at(index)));
    for (const DeviceTensor &output : outputs)
      EXPECT_TRUE(device.free(output.address).ok());
    return values;
  }

  RecordingDevice device;
  const std::vector<float> expected = {1, 2, 3};
};

TEST_F(LoadedProgramTest, ReturnsBuffers) {
  EXPECT_EQ(run(copying(0, 1), 0), expected);
  EXPECT_TRUE(device.buffers.empty());
}

TEST_F(LoadedProgramTest, SeparatesResultsThatShareABuffer) {
  EXPECT_EQ(run(copying(0, 2), 1), expected);
  EXPECT_TRUE(device.buffers.empty());
}

TEST_F(LoadedProgramTest, MovesResultsInsideOfABuffer) {
  EXPECT_EQ(run(copying(256, 1), 0), expected);
  EXPECT_TRUE(device.buffers.empty());
}

TEST_F(LoadedProgramTest, ChecksTensors) {
  auto loaded =
      LoadedProgram::load(copying(0, 1), device, std::make_unique<RecordingModule>(device));
  std::vector<DeviceTensor> outputs;
  Status status = (*loaded)->run({{ElementType::F32, {1, 1}, 0}}, {}, outputs);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.message(), "expected ?xf32 as input 0 of main, got 1x1xf32");
  EXPECT_EQ((*loaded)->run({}, {}, outputs).message(), "expected 1 inputs of main, got 0");
  EXPECT_EQ((*loaded)->run({{ElementType::F32, {1}, 0}}, {0}, outputs).message(),
            "expected 0 packed filters of main, got 1");
}

TEST_F(LoadedProgramTest, LoadsConstants) {
  Program program = copying(0, 1);
  program.segments.push_back({{std::byte(7), std::byte(8)}});
  auto loaded = LoadedProgram::load(program, device, std::make_unique<RecordingModule>(device));
  ASSERT_EQ(device.buffers.size(), 1u);
  EXPECT_EQ(*reinterpret_cast<uint8_t *>(device.buffers.begin()->first + 1), 8);
  loaded->reset();
  EXPECT_TRUE(device.buffers.empty());
}

TEST_F(LoadedProgramTest, ReportsLackOfMemory) {
  device.capacity = 8;
  auto loaded =
      LoadedProgram::load(copying(0, 1), device, std::make_unique<RecordingModule>(device));
  std::vector<DeviceTensor> outputs;
  Status status = (*loaded)->run({{ElementType::F32, {1000}, 0}}, {}, outputs);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.message(), "no memory");
}

} // namespace
