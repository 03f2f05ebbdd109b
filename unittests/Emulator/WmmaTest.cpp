//===- WmmaTest.cpp - Products of fragments -------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestElement.h"
#include "TestKernel.h"

#include "gtest/gtest.h"

using namespace tconv;

namespace {

/// The registers of a fragment.
struct Registers {
  int count;
  std::string type;

  std::string resultType() const {
    if (count == 1 && type == "f64")
      return type;
    return "!llvm.struct<(" + list() + ")>";
  }
  std::string list() const {
    std::string text;
    for (int i = 0; i < count; ++i)
      text += (i ? ", " : "") + type;
    return text;
  }
};

struct Case {
  std::string operand, sum;
  int m, n, k;
  Registers a, b, c;
  bool isColumnMajor[3] = {};

  /// How a matrix is in memory: its lines have 8 elements more than they need.
  int stride(int which) const {
    int rows = which == 1 ? k : m, columns = which == 0 ? k : n;
    return (isColumnMajor[which] ? rows : columns) + 8;
  }
  int lines(int which) const {
    int rows = which == 1 ? k : m, columns = which == 0 ? k : n;
    return isColumnMajor[which] ? columns : rows;
  }
  int place(int which, int row, int column) const {
    if (isColumnMajor[which])
      std::swap(row, column);
    return row * stride(which) + column;
  }
  std::string attributes() const {
    return "k = " + std::to_string(k) + " : i32, m = " + std::to_string(m) +
           " : i32, n = " + std::to_string(n) + " : i32";
  }
  std::string layout(int which) const {
    return std::string("#nvvm.mma_layout<") + (isColumnMajor[which] ? "col" : "row") + ">";
  }
};

/// Defines %x0, %x1, ... as the registers of a fragment %x.
std::string unpack(const std::string &name, const Registers &registers, std::string &uses) {
  std::string text;
  for (int i = 0; i < registers.count; ++i) {
    std::string part = name + std::to_string(i);
    if (registers.resultType() == "f64")
      part = name;
    else
      text += part + " = llvm.extractvalue " + name + "[" + std::to_string(i) +
              "] : " + registers.resultType() + "\n";
    uses += (uses.empty() ? "" : ", ") + part;
  }
  return text;
}

std::string load(const Case &c, int which, const std::string &type, const Registers &registers,
                 const std::string &space = "1") {
  std::string name = std::string(1, "abc"[which]);
  return "%s" + name + " = llvm.mlir.constant(" + std::to_string(c.stride(which)) +
         " : i32) : i32\n%" + name + " = nvvm.wmma.load %p" + name + ", %s" + name +
         " {eltype = #nvvm.mma_type<" + type + ">, frag = #nvvm.mma_frag<" + name +
         ">, layout = " + c.layout(which) + ", " + c.attributes() + "} : (!llvm.ptr<" + space +
         ">) -> " + registers.resultType() + "\n";
}

/// @f(a, b, c: matrices in global memory): c += a * b.
std::string getText(const Case &c) {
  std::string text = "gpu.module @m {\nllvm.func @f(%pa: !llvm.ptr<1>, %pb: !llvm.ptr<1>, "
                     "%pc: !llvm.ptr<1>) attributes {nvvm.kernel} {\n";
  text += load(c, 0, c.operand, c.a) + load(c, 1, c.operand, c.b) + load(c, 2, c.sum, c.c);
  std::string operands, results;
  text += unpack("%a", c.a, operands) + unpack("%b", c.b, operands) + unpack("%c", c.c, operands);
  text += "%d = nvvm.wmma.mma " + operands + " {eltypeA = #nvvm.mma_type<" + c.operand +
          ">, eltypeB = #nvvm.mma_type<" + c.sum + ">, layoutA = " + c.layout(0) +
          ", layoutB = " + c.layout(1) + ", " + c.attributes() + "} : (" + c.a.list() + ", " +
          c.b.list() + ", " + c.c.list() + ") -> " + c.c.resultType() + "\n";
  text += unpack("%d", c.c, results);
  return text + "nvvm.wmma.store %pc, %sc, " + results + " {eltype = #nvvm.mma_type<" + c.sum +
         ">, layout = " + c.layout(2) + ", " + c.attributes() + "} : !llvm.ptr<1>, " + c.c.list() +
         "\nllvm.return\n}\n}";
}

int getValue(int which, int row, int column) { return (row * 5 + column * 3 + which) % 7 - 3; }
/// Of operands; u8 has no sign.
int getOperand(const Case &c, int which, int row, int column) {
  return getValue(which, row, column) + (c.operand == "u8" ? 200 : 0);
}

std::vector<char> getOperandImage(const Case &c, int which) {
  int rows = which == 1 ? c.k : c.m, columns = which == 0 ? c.k : c.n, bytes = bytesOf(c.operand);
  std::vector<char> image(c.lines(which) * c.stride(which) * bytes);
  for (int row = 0; row < rows; ++row)
    for (int column = 0; column < columns; ++column)
      writeElement(&image[c.place(which, row, column) * bytes], c.operand,
                   getOperand(c, which, row, column));
  return image;
}

void check(const Case &c) {
  SCOPED_TRACE(c.operand + " " + c.sum + " " + c.attributes());
  int bytes = bytesOf(c.sum);
  std::vector<char> start(c.lines(2) * c.stride(2) * bytes), expected = start;
  for (int row = 0; row < c.m; ++row)
    for (int column = 0; column < c.n; ++column) {
      int sum = getValue(2, row, column), place = c.place(2, row, column) * bytes;
      writeElement(&start[place], c.sum, sum);
      for (int k = 0; k < c.k; ++k)
        sum += getOperand(c, 0, row, k) * getOperand(c, 1, k, column);
      writeElement(&expected[place], c.sum, sum);
    }
  TestKernel kernel(getText(c));
  ASSERT_EQ(kernel.loadError, "");
  uint64_t sums = kernel.upload(start);
  ASSERT_EQ(kernel.launch(
                "f", {{1, 1, 1}, {32, 1, 1}, 0},
                {kernel.upload(getOperandImage(c, 0)), kernel.upload(getOperandImage(c, 1)), sums}),
            "");
  EXPECT_EQ(kernel.download<char>(sums, expected.size()), expected);
  EXPECT_EQ(kernel.device.lastLaunch().matrixMultiplyAdds, uint64_t(c.m) * c.n * c.k);
}

const Registers halves8{8, "vector<2xf16>"}, halves4{4, "vector<2xf16>"}, floats{8, "f32"};

Case halves(int m, int n) { return {"f16", "f32", m, n, 16, halves8, halves8, floats}; }

Registers words(int count) { return {count, "i32"}; }

TEST(Wmma, TypesAndShapes) {
  for (auto [m, n] : {std::pair(16, 16), std::pair(32, 8), std::pair(8, 32)}) {
    check(halves(m, n));
    check({"f16", "f16", m, n, 16, halves8, halves8, halves4});
    check({"s8", "s32", m, n, 16, words(m / 8), words(n / 8), words(8)});
    check({"u8", "s32", m, n, 16, words(m / 8), words(n / 8), words(8)});
  }
  check({"tf32", "f32", 16, 16, 8, words(4), words(4), floats});
  check({"f64", "f64", 8, 8, 4, {1, "f64"}, {1, "f64"}, {2, "f64"}});
}

TEST(Wmma, ColumnsInMemory) {
  for (int which = 0; which < 3; ++which) {
    Case c = halves(32, 8);
    c.isColumnMajor[which] = true;
    check(c);
  }
}

std::string run(const Case &c, const std::string &text, uint32_t threads, uint64_t spare = 0) {
  TestKernel kernel(text);
  if (!kernel.loadError.empty())
    return kernel.loadError;
  std::vector<char> a = getOperandImage(c, 0);
  a.resize(a.size() - spare);
  return kernel.launch("f", {{1, 1, 1}, {threads, 1, 1}, 0},
                       {kernel.upload(a), kernel.upload(getOperandImage(c, 1)),
                        kernel.allocate(c.lines(2) * c.stride(2) * 4)});
}

TEST(Wmma, MatricesThatAreNotThere) {
  Case c = halves(16, 16);
  // What is behind the last line is not read.
  EXPECT_EQ(run(c, getText(c), 32, 16), "");
  std::string error = run(c, getText(c), 32, 18);
  EXPECT_NE(error.find("nvvm.wmma.load: expected the load of 32 bytes to be in global memory"),
            error.npos)
      << error;
}

TEST(Wmma, MatricesInMemoryOfAThread) {
  Case c = halves(16, 16);
  std::string text = R"(gpu.module @m {
  llvm.func @f(%x: !llvm.ptr<1>, %b: !llvm.ptr<1>, %c: !llvm.ptr<1>) attributes {nvvm.kernel} {
    %n = llvm.mlir.constant(400 : i32) : i32
    %pa = llvm.alloca %n x f16 : (i32) -> !llvm.ptr
    )" + load(c, 0, c.operand, c.a, "0") +
                     "llvm.return\n}\n}";
  text.replace(text.find("!llvm.ptr<0>"), 12, "!llvm.ptr");
  std::string error = run(c, text, 32);
  EXPECT_NE(error.find("expected a matrix in global or shared memory, got one of a thread"),
            error.npos)
      << error;
}

TEST(Wmma, LanesThatDisagree) {
  Case c = halves(16, 16);
  std::string text = getText(c), stride = "%sa = llvm.mlir.constant(24 : i32) : i32";
  text.replace(text.find(stride), stride.size(), "%sa = nvvm.read.ptx.sreg.laneid : i32");
  std::string error = run(c, text, 32);
  EXPECT_NE(error.find("expected one matrix in all lanes of a warp, got 0x"), error.npos) << error;
  EXPECT_NE(error.find(" with a stride of 0 in lane 0 and 0x"), error.npos) << error;
  EXPECT_NE(error.find(" with one of 1 in lane 1; in kernel f"), error.npos) << error;
  error = run(c, getText(c), 16);
  EXPECT_NE(error.find("nvvm.wmma.load: expected a warp of 32 threads, got one of 16"), error.npos)
      << error;
}

/// @f: each thread writes a part of a tile in shared memory, which the warp loads behind `between`.
std::string getSharedText(const Case &c, const std::string &between) {
  return R"(gpu.module @m {
  llvm.mlir.global internal @tile() {addr_space = 3 : i32, alignment = 16 : i64} : !llvm.array<192 x i32>
  llvm.func @f(%x: !llvm.ptr<1>, %b: !llvm.ptr<1>, %c: !llvm.ptr<1>) attributes {nvvm.kernel} {
    %all = llvm.mlir.constant(-1 : i32) : i32
    %zero = llvm.mlir.constant(0 : i32) : i32
    %pa = llvm.mlir.addressof @tile : !llvm.ptr<3>
    %lane = nvvm.read.ptx.sreg.laneid : i32
    %p = llvm.getelementptr %pa[%lane] : (!llvm.ptr<3>, i32) -> !llvm.ptr<3>, i32
    llvm.store %zero, %p : i32, !llvm.ptr<3>
    )" + between +
         "\n" + load(c, 0, c.operand, c.a, "3") + "llvm.return\n}\n}";
}

TEST(Wmma, LoadsAreOfTheWholeWarp) {
  Case c = halves(16, 16);
  EXPECT_EQ(run(c, getSharedText(c, "nvvm.bar.warp.sync %all : i32"), 32), "");
  std::string error = run(c, getSharedText(c, ""), 32);
  EXPECT_NE(error.find("nvvm.wmma.load: race: expected a barrier before this read"), error.npos)
      << error;
}

} // namespace
