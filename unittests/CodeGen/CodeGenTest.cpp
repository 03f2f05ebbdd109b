//===- CodeGenTest.cpp - Tests of code generation -------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/CodeGen/CodeGen.h"
#include "tconv/CodeGen/TargetMachine.h"

#include "llvm/AsmParser/Parser.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Target/TargetMachine.h"
#include "gtest/gtest.h"

using namespace tconv;

namespace {

/// Adds up and stores single elements.
std::string loop(const std::string &name, const std::string &attributes) {
  return "define void @" + name + "(ptr noalias %x, ptr noalias %y) " + attributes + R"( {
  entry:
    br label %loop
  loop:
    %i = phi i64 [ 0, %entry ], [ %next, %loop ]
    %px = getelementptr float, ptr %x, i64 %i
    %py = getelementptr float, ptr %y, i64 %i
    %a = load float, ptr %px
    %b = fadd float %a, %a
    store float %b, ptr %py
    %next = add i64 %i, 1
    %done = icmp eq i64 %next, 1024
    br i1 %done, label %exit, label %loop
  exit:
    ret void
  })";
}

/// The IR that the object was made from.
std::string optimized(const std::string &source) {
  llvm::LLVMContext context;
  llvm::SMDiagnostic diagnostic;
  auto module = llvm::parseAssemblyString(source, diagnostic, context);
  EXPECT_TRUE(module) << diagnostic.getMessage().str();
  auto machine = createTargetMachine({});
  EXPECT_TRUE(machine.ok());
  auto object = generateObject(*module, **machine);
  EXPECT_TRUE(object.ok());
  EXPECT_GT((*object)->getBufferSize(), 0u);
  std::string text;
  llvm::raw_string_ostream(text) << *module;
  return text;
}

bool hasVectors(const std::string &text) { return text.find(" x float>") != text.npos; }

TEST(CodeGen, VectorizesLoops) { EXPECT_TRUE(hasVectors(optimized(loop("f", "")))); }

TEST(CodeGen, LeavesKernelsAsTheyAre) {
  EXPECT_FALSE(hasVectors(optimized(loop("f", "\"tconv-kernel\""))));
}

// One function that needs O2 decides for the module.
TEST(CodeGen, VectorizesMixedModules) {
  EXPECT_TRUE(hasVectors(optimized(loop("f", "\"tconv-kernel\"") + "\n" + loop("g", ""))));
}

/// Whether the address of every third element moves along, instead of being computed.
bool reducesStrength(const std::string &attributes) {
  std::string source = loop("f", attributes);
  const std::string element = "float, ptr %x";
  source.replace(source.find(element), element.size(), "[3 x float], ptr %x");
  return optimized(source).find("lsr.iv") != std::string::npos;
}

TEST(CodeGen, ReducesStrengthUnlessAddressesAreCarried) {
  EXPECT_TRUE(reducesStrength("\"tconv-kernel\""));
  EXPECT_FALSE(reducesStrength("\"tconv-kernel\" \"tconv-carried-addresses\""));
}

TEST(TargetMachine, KnowsProcessors) {
  EXPECT_TRUE(createTargetMachine({}).ok());
  TargetOptions options;
  options.cpu = "host";
  EXPECT_TRUE(createTargetMachine(options).ok());
  options.cpu = "z80";
  auto unknown = createTargetMachine(options);
  ASSERT_FALSE(unknown.ok());
  EXPECT_FALSE(unknown.error().unsupported);
}

TEST(TargetMachine, RunsOnTheHost) {
  auto machine = createTargetMachine({});
  ASSERT_TRUE(machine.ok());
  EXPECT_TRUE(checkRunsHere(**machine).ok());
}

} // namespace
