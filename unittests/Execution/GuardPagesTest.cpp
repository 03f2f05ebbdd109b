//===- GuardPagesTest.cpp - Tests that kernels stay in their tensors ------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Calls compiled code with tensors that end, and then with tensors that begin, at pages
// which cannot be accessed: a read or a write outside of a tensor ends the test.
//
//===----------------------------------------------------------------------===//

#include "tconv/Execution/Executable.h"
#include "tconv/InitAll.h"
#include "tconv/Problem/Descriptor.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"
#include "gtest/gtest.h"

#include <cstring>
#include <sys/mman.h>
#include <unistd.h>

using namespace tconv;

namespace {

/// A tensor's bytes between two guard pages, next to the first or the second one.
class GuardedMemory {
public:
  GuardedMemory(size_t bytes, bool atEnd) {
    const auto page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
    const size_t inner = (bytes + page - 1) / page * page;
    size = inner + 2 * page;
    memory = mmap(nullptr, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    EXPECT_NE(memory, MAP_FAILED);
    auto *first = static_cast<std::byte *>(memory) + page;
    EXPECT_EQ(mprotect(first, inner, PROT_READ | PROT_WRITE), 0);
    begin = atEnd ? first + inner - bytes : first;
    std::memset(begin, 1, bytes);
  }
  GuardedMemory(GuardedMemory &&other) noexcept
      : memory(std::exchange(other.memory, nullptr)), size(other.size), begin(other.begin) {}
  ~GuardedMemory() {
    if (memory)
      munmap(memory, size);
  }

  std::byte *data() const { return begin; }

private:
  void *memory;
  size_t size;
  std::byte *begin;
};

Executable compile(const std::string &source) {
  mlir::DialectRegistry registry;
  mlir::tconv::registerAllDialects(registry);
  mlir::MLIRContext context(registry, mlir::MLIRContext::Threading::DISABLED);
  auto module = mlir::parseSourceString<mlir::ModuleOp>(source, &context);
  EXPECT_TRUE(module);
  auto executable = Executable::compile(*findEntry(*module, "main"), {});
  EXPECT_TRUE(executable.ok()) << executable.message();
  return std::move(*executable);
}

/// Copies of tensors in guarded memory, without whose alignment kernels must do.
class GuardedTensors {
public:
  GuardedTensors(const std::vector<HostTensor> &originals, bool atEnd) {
    for (const HostTensor &original : originals) {
      memory.emplace_back(static_cast<size_t>(original.sizeInBytes()), atEnd);
      std::memcpy(memory.back().data(), original.data(), original.sizeInBytes());
      tensors.push_back(HostTensor::view(original.type(), original.shape(), memory.back().data()));
    }
  }
  std::vector<HostTensor> tensors;

private:
  std::vector<GuardedMemory> memory;
};

void expectEqual(const std::vector<HostTensor> &actual, const std::vector<HostTensor> &expected) {
  for (size_t index = 0; index < expected.size(); ++index)
    EXPECT_EQ(
        std::memcmp(actual[index].data(), expected[index].data(), expected[index].sizeInBytes()),
        0);
}

void runGuarded(const Executable &executable) {
  auto inputs = randomInputs(executable.entryPoint(), /*seed=*/1);
  auto outputs = executable.allocateOutputs();
  ASSERT_TRUE(inputs.ok() && outputs.ok());
  auto packed = executable.pack(*inputs);
  ASSERT_TRUE(packed.ok());
  ASSERT_TRUE(executable.run(*inputs, *packed, *outputs).ok());
  for (bool atEnd : {true, false}) {
    GuardedTensors x(*inputs, atEnd), w(*packed, atEnd), y(*outputs, atEnd);
    if (executable.hasPacking()) {
      ASSERT_TRUE(executable.pack(x.tensors, w.tensors).ok());
    }
    ASSERT_TRUE(executable.run(x.tensors, w.tensors, y.tensors).ok());
    expectEqual(w.tensors, *packed);
    expectEqual(y.tensors, *outputs);
  }
}

/// A layer by its descriptor, with its filter packed in front.
void runGuarded(const std::string &descriptor) {
  SCOPED_TRACE(descriptor);
  auto parsed = parseDescriptor(descriptor);
  ASSERT_TRUE(parsed.ok()) << parsed.message();
  auto problem = createProblem(*parsed);
  ASSERT_TRUE(problem.ok()) << problem.message();
  runGuarded(compile(moduleText(*problem, /*constantWeights=*/true)));
}

TEST(GuardPages, EveryTypeAndLayout) {
  for (const char *type : {"f32", "f64", "f16", "bf16", "int8"})
    for (const char *layout : {"cf", "cl"})
      runGuarded(std::string("n1 ci9 co19 i5x7 k4 s2 p1 b ") + layout + " " + type);
}

TEST(GuardPages, EveryFamily) {
  for (const char *layout : {"cf", "cl"})
    for (const char *layer : {"n2 ci16 co3 i6x19 k4 s2 p1 ", "n1 ci3 co20 i9x11 k3 s2 p1 op1 ",
                              "n1 ci21 co21 g21 i7x5 k4 s2 p1 ", "n2 ci27 co30 g3 i5x5 k3 s2 p0 ",
                              "n1 ci40 co24 i1x1 k2 s2 p0 ", "n1 ci1 co1 i3x2 k5 s3 p2 ",
                              "n1 ci5 co18 i5 k4 s4 p0 d2 b ", "n1 ci8 co9 i6x7 k6x4 s3x2 p5:4 "})
      runGuarded(std::string(layer) + layout);
}

} // namespace
