//===- ProgramErrorsTest.cpp - Messages about programs that are wrong -----===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A file of a program is wrong in one place, or a program is as no compiler makes it: the message
// says what was expected there.
//
//===----------------------------------------------------------------------===//

#include "RecordingDevice.h"

#include "tconv/Device/ProgramFile.h"

#include "gtest/gtest.h"

using namespace tconv;

namespace {

/// What is wrong with a file that begins as one of a program does.
std::string read(const std::string &lines) {
  auto programs = readProgramFile("tconv-program 1\n" + lines);
  return programs ? "" : programs.message();
}

void expectEnd(const std::string &text, const std::string &end) {
  EXPECT_TRUE(text.ends_with(end)) << "expected an end of '" << end << "', got '" << text << "'";
}

TEST(ProgramErrors, LinesOfFiles) {
  expectEnd(read(""), "expected a line of sections, got the end of the text");
  expectEnd(read("sections 0\n"),
            "expected text with the checksum that the file says: it was changed");
  expectEnd(read("nonsense\n"), "expected a part of a program");
  expectEnd(read("function other \"f\"\n"), "expected a function that runs or packs");
  expectEnd(read("function run\n"), "expected the name of a function");
  expectEnd(read("function run \"f\"\n"), "expected an end of function f");
  expectEnd(read("function run \"f\"\n  check r1 \"text\n"), "expected quotations with an end");
  expectEnd(read("function run \"f\"\ninput nothing\n"), "expected a valid input");
  expectEnd(read("function run \"f\"\n  nonsense\n"), "expected an instruction");
}

/// A program that returns.
Program returning() {
  Program program;
  program.entry.name = "main";
  program.entry.code = {{Opcode::Return, 0, {}, 0, ""}};
  return program;
}

TEST(ProgramErrors, SectionsOfFiles) {
  ProgramFile file{returning(), {{CodeImage::Kind::PTX, {8, 0, false}, "code"}}};
  std::string bytes = writeProgramFile({file});
  ASSERT_TRUE(readProgramFile(bytes)) << readProgramFile(bytes).message();
  EXPECT_EQ(readProgramFile(std::string_view(bytes).substr(0, bytes.size() - 1)).message(),
            "expected 4 bytes in a section, got 3: the file was cut off");
  bytes.back() = 'x';
  EXPECT_EQ(readProgramFile(bytes).message(),
            "expected a section with the checksum that the file says: it was changed");
}

TEST(ProgramErrors, Signatures) {
  auto check = [](auto change) {
    Program program = returning();
    change(program);
    Status status = verify(program);
    return status ? "" : status.message();
  };
  EXPECT_EQ(check([](Program &) {}), "");
  expectEnd(check([](Program &p) { p.entry.numArguments = 1; }),
            "expected 0 arguments for its tensors, got 1");
  expectEnd(check([](Program &p) { p.entry.numRegisters = UINT32_MAX; }),
            " registers, got 4294967295");
  expectEnd(check([](Program &p) {
              p.entry.packedBytes = {-1};
              p.entry.numArguments = p.entry.numRegisters = 5;
            }),
            "expected sizes of packed filters of at least 0, got -1");
  expectEnd(check([](Program &p) {
              p.packInputs = {0};
              p.pack = p.entry;
              p.pack.takesOutputs = true;
              p.pack.inputs.resize(1);
            }),
            "expected inputs to pack below 0, got 0");
}

TEST(ProgramErrors, Calls) {
  RecordingDevice device;
  Program program = returning();
  ProgramContext context{program, device, nullptr, {}};
  EXPECT_EQ(interpret(context, program.entry, {1, 2}).message(),
            "expected 0 words for function main, got 2");
  program.entry.numRegisters = 2;
  program.entry.code = {{Opcode::Constant, 0, {}, -1, ""},
                        {Opcode::Copy, 0, {0, 0, 0}, 0, ""},
                        {Opcode::Return, 0, {}, 0, ""}};
  EXPECT_EQ(interpret(context, program.entry, {}).message(),
            "expected to copy 0 to 2^63 - 1 bytes, got -1");
}

} // namespace
