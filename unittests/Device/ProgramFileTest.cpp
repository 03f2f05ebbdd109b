//===- ProgramFileTest.cpp - Tests of programs in files -------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Device/ProgramFile.h"

#include "gtest/gtest.h"

#include <random>

using namespace tconv;

namespace {

/// A bit of everything.
ProgramFile example() {
  ProgramFile file;
  Program &program = file.program;
  program.kernels = {{"kernel \"a\"", {8, 4}}, {"maps", {128}}};
  TensorMapRecipe tiled, im2col;
  tiled.box = {64, 2};
  tiled.steps = {1, 2};
  tiled.type = TensorMapType::F16;
  tiled.swizzle = TensorMapSwizzle::Bytes128;
  im2col.mode = TensorMapMode::Im2col;
  im2col.lowerCorner = {-1};
  im2col.upperCorner = {2};
  im2col.channelsPerPixel = 8;
  im2col.pixelsPerColumn = 100;
  im2col.steps = {1, 1, 1};
  im2col.promotion = TensorMapPromotion::Bytes64;
  im2col.fill = TensorMapFill::NaN;
  program.tensorMaps = {tiled, im2col};
  program.segments = {{{std::byte(1), std::byte(0), std::byte(10)}}, {}};
  Function &entry = program.entry;
  entry.name = "main";
  entry.inputs = {{ElementType::F32, {2, -1}}};
  entry.packedBytes = {64};
  entry.results = {{ElementType::BF16, {}}};
  entry.takesOutputs = true;
  entry.numArguments = 15;
  entry.numRegisters = 35;
  entry.code = {{Opcode::Constant, 15, {}, -5, ""},
                {Opcode::Segment, 16, {}, 1, ""},
                {Opcode::SignExtend, 17, {15}, 32, ""},
                {Opcode::Select, 18, {15, 16, 17}, 0, ""},
                {Opcode::Branch, 0, {15}, 6, ""},
                {Opcode::Check, 0, {15}, 0, "expected \\ and\nmore"},
                {Opcode::Launch, 0, {15, 15, 15, 15, 15, 15, 15, 16, 17}, 0, ""},
                {Opcode::MapTensor, 19, {15, 16, 17, 18, 15, 16}, 1, ""},
                {Opcode::Launch, 0, {15, 15, 15, 15, 15, 15, 15, 19}, 1, ""},
                {Opcode::Return, 0, {}, 0, ""}};
  Function &pack = program.pack;
  pack.name = "main_pack";
  pack.inputs = {{ElementType::F32, {2, -1}}};
  pack.results = {{ElementType::I8, {64}}};
  pack.takesOutputs = true;
  pack.numArguments = pack.numRegisters = 12;
  pack.code = {{Opcode::Return, 0, {}, 0, ""}};
  program.packInputs = {0};
  file.images = {{CodeImage::Kind::Cubin, {8, 0, false}, std::string("a\0b\n", 4)},
                 {CodeImage::Kind::PTX, {9, 0, true}, ".version 8.0"}};
  return file;
}

std::string writeOne(const ProgramFile &file) { return writeProgramFile({file}); }

/// Of a file with one program.
Result<ProgramFile> readOne(std::string_view bytes) {
  Result<std::vector<ProgramFile>> programs = readProgramFile(bytes);
  return programs ? Result<ProgramFile>(std::move(programs->front())) : programs.error();
}

/// Two programs, which differ in a number, and in the architectures of their code.
std::vector<ProgramFile> twoPrograms() {
  std::vector<ProgramFile> programs{example(), example()};
  programs[1].program.entry.code[0].immediate = 7;
  programs[1].images = {{CodeImage::Kind::PTX, {9, 0, false}, "x"}};
  programs[0].images = {{CodeImage::Kind::Cubin, {8, 0, false}, "y"},
                        {CodeImage::Kind::PTX, {8, 0, false}, "z"}};
  return programs;
}

TEST(ProgramFile, HoldsSeveralPrograms) {
  const std::string bytes = writeProgramFile(twoPrograms());
  Result<std::vector<ProgramFile>> programs = readProgramFile(bytes);
  ASSERT_TRUE(programs.ok()) << programs.message();
  ASSERT_EQ(2u, programs->size());
  EXPECT_EQ(-5, (*programs)[0].program.entry.code[0].immediate);
  EXPECT_EQ(7, (*programs)[1].program.entry.code[0].immediate);
  EXPECT_EQ(writeProgramFile(*programs), bytes);
  for (size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(readProgramFile(std::string_view(bytes).substr(0, size)).ok()) << size;
  EXPECT_EQ(readProgramFile(bytes.substr(0, bytes.size() - writeOne(twoPrograms()[1]).size()) +
                            writeProgramFile(twoPrograms()))
                .message(),
            "expected 0 programs to follow, got 1");
}

TEST(ProgramFile, HasAProgramForEachDevice) {
  auto number = [](const GpuArch &device) {
    Result<ProgramFile> chosen = chooseProgram(twoPrograms(), device);
    return chosen ? chosen->program.entry.code[0].immediate : 0;
  };
  EXPECT_EQ(-5, number({8, 0, false}));
  EXPECT_EQ(-5, number({8, 9, false}));
  EXPECT_EQ(7, number({9, 0, false}));
  EXPECT_EQ(7, number({10, 0, false}));
  Result<ProgramFile> none = chooseProgram(twoPrograms(), {7, 5, false});
  ASSERT_FALSE(none.ok());
  EXPECT_TRUE(none.error().unsupported);
  EXPECT_EQ("expected code for sm_75, got some for sm_80, sm_80, sm_90", none.message());
}

TEST(ProgramFile, ReadsWhatItWrites) {
  std::string bytes = writeOne(example());
  Result<ProgramFile> file = readOne(bytes);
  ASSERT_TRUE(file.ok()) << file.message();
  EXPECT_EQ(writeOne(*file), bytes);
  EXPECT_EQ(file->program.entry.code[5].text, "expected \\ and\nmore");
  EXPECT_EQ(file->program.kernels[0].name, "kernel \"a\"");
  EXPECT_EQ(file->images[0].bytes, std::string("a\0b\n", 4));
  EXPECT_EQ(file->images[1].arch.name(), "sm_90a");
}

TEST(ProgramFile, IsReadable) {
  std::string bytes = writeOne(example());
  EXPECT_NE(bytes.find("function run \"main\"\ninput 2x?xf32\npacked 64\nresult bf16\n"
                       "results given\nregisters 35\narguments 15\n  r15 = constant -5\n"),
            std::string::npos)
      << bytes;
  EXPECT_NE(bytes.find("  launch 0 grid r15 r15 r15 block r15 r15 r15 shared r15 arguments r16 "
                       "r17\n"),
            std::string::npos)
      << bytes;
}

TEST(ProgramFile, HoldsTensorMaps) {
  std::string bytes = writeOne(example());
  for (const char *line :
       {"\n  r19 = tensor_map 1 address r15 sizes r16 r17 r18 strides r15 r16\n",
        "\ntensor_map tiled f16 box 64 2 steps 1 2 swizzle 128 promotion 0 fill zero\n",
        "\ntensor_map im2col f32 lower -1 upper 2 column 8 100 steps 1 1 1 swizzle 0 promotion 64 "
        "fill nan\n",
        "\nkernel \"maps\" 128\n"})
    EXPECT_NE(bytes.find(line), std::string::npos) << line << bytes;
}

TEST(ProgramFile, RefusesOtherFiles) {
  EXPECT_EQ(readOne("").message(), "expected a program of tconv, got another kind of file");
  EXPECT_EQ(readOne("PK\3\4\n").message(), "expected a program of tconv, got another kind of file");
  Result<ProgramFile> later = readOne("tconv-program 2\n");
  EXPECT_EQ(later.message(), "expected the version 'tconv-program 1', got 'tconv-program 2'");
  EXPECT_TRUE(later.error().unsupported);
}

TEST(ProgramFile, NoticesWhatWasCutOff) {
  std::string bytes = writeOne(example());
  for (size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(readOne(std::string_view(bytes).substr(0, size)).ok()) << size;
  EXPECT_EQ(readOne(bytes + "x").message(), "expected the end of the file, got 1 more bytes");
}

TEST(ProgramFile, NoticesWhatWasChanged) {
  const std::string bytes = writeOne(example());
  std::mt19937 random(1);
  for (int round = 0; round < 20000; ++round) {
    std::string changed = bytes;
    for (unsigned count = random() % 4 + 1; count; --count)
      changed[random() % changed.size()] ^= static_cast<char>(random() % 255 + 1);
    if (changed != bytes)
      EXPECT_FALSE(readOne(changed).ok()) << round;
  }
}

/// Lines in any order and number, as no checksum would let pass: nothing but errors may happen.
TEST(ProgramFile, SurvivesAnyLines) {
  std::string bytes = writeOne(example());
  std::vector<std::string> lines;
  for (size_t begin = 0, end; (end = bytes.find('\n', begin)) != std::string::npos; begin = end + 1)
    lines.push_back(bytes.substr(begin, end - begin + 1));
  std::mt19937 random(2);
  for (int round = 0; round < 5000; ++round) {
    std::string text = lines[0];
    for (unsigned count = random() % 30; count; --count) {
      std::string line = lines[random() % lines.size()];
      if (random() % 2)
        line[random() % line.size()] = " 0123456789r\"xs_-\\"[random() % 18];
      text += line;
    }
    (void)readOne(text);
  }
}

TEST(ChooseImage, TakesTheBest) {
  auto image = [](CodeImage::Kind kind, const char *arch) {
    return CodeImage{kind, *GpuArch::parse(arch), arch};
  };
  using enum CodeImage::Kind;
  std::vector<CodeImage> images = {image(PTX, "sm_80"), image(Cubin, "sm_80"), image(PTX, "sm_90"),
                                   image(Cubin, "sm_86"), image(Cubin, "sm_90a")};
  auto choose = [&](unsigned major, unsigned minor) {
    Result<const CodeImage *> chosen = chooseImage(images, {major, minor, false});
    return chosen.ok() ? ((*chosen)->kind == PTX ? "ptx " : "cubin ") + (*chosen)->bytes
                       : chosen.message();
  };
  EXPECT_EQ(choose(8, 0), "cubin sm_80");
  EXPECT_EQ(choose(8, 6), "cubin sm_86");
  EXPECT_EQ(choose(8, 9), "cubin sm_86");
  EXPECT_EQ(choose(9, 0), "cubin sm_90a");
  EXPECT_EQ(choose(10, 0), "ptx sm_90");
  EXPECT_EQ(choose(7, 5),
            "expected code for sm_75, got some for sm_80, sm_80, sm_90, sm_86, sm_90a");
}

TEST(GpuArch, Parses) {
  for (const char *name : {"sm_80", "sm_86", "sm_89", "sm_90", "sm_90a", "sm_100a", "sm_120"}) {
    Result<GpuArch> arch = GpuArch::parse(name);
    ASSERT_TRUE(arch.ok()) << name;
    EXPECT_EQ(arch->name(), name);
  }
  for (const char *name : {"", "sm_", "sm_75", "sm_80a", "sm_8", "80", "sm_90b", "sm_99999999999"})
    EXPECT_FALSE(GpuArch::parse(name).ok()) << name;
  EXPECT_EQ(GpuArch::parse("sm_90a")->ptxFeature(), "+ptx86");
  EXPECT_EQ(GpuArch::parse("sm_70").message(),
            "expected sm_NN[a] of at least sm_80, such as sm_80, sm_86, sm_89, sm_90 or sm_90a, "
            "got 'sm_70'");
}

} // namespace
