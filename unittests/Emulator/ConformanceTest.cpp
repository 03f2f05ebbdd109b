//===- ConformanceTest.cpp - Layouts of fragments, as the PTX ISA has them ===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What lane holds which element is written here once more, as the PTX ISA says it: with groupID =
// lane / 4 and threadID_in_group = lane % 4, by the index of the element in the lane.
//
//===----------------------------------------------------------------------===//

#include "TestKernel.h"

#include "../../lib/Emulator/Halves.h"

#include "gtest/gtest.h"

#include <functional>

using namespace tconv;

namespace {

struct Place {
  int row, column;
};
/// The place of element i of lane (g, t).
using Layout = std::function<Place(int g, int t, int i)>;

/// One mma: elements of A, B and C in a lane, and their layouts.
struct Fragment {
  const char *name;
  int m, n, k;
  const char *type, *attributes;
  /// Types of registers, of which a multiplicand has `as` and `bs`, and elements in each.
  const char *registerType, *accumulatorType;
  int as, bs, perRegister;
  Layout a, b;
};

int low(int i) { return i & 1; }

const Fragment fragments[] = {
    {"m16n8k16 f16", 16, 8, 16, "f16", "", "vector<2xf16>", "f32", 4, 2, 2,
     [](int g, int t, int i) {
       bool upper = (0 <= i && i < 2) || (4 <= i && i < 6);
       return Place{upper ? g : g + 8, i < 4 ? t * 2 + low(i) : t * 2 + low(i) + 8};
     },
     [](int g, int t, int i) { return Place{i < 2 ? t * 2 + low(i) : t * 2 + low(i) + 8, g}; }},
    {"m16n8k16 bf16", 16, 8, 16, "bf16",
     "multiplicandAPtxType = #nvvm.mma_type<bf16>, multiplicandBPtxType = #nvvm.mma_type<bf16>,",
     "i32", "f32", 4, 2, 2,
     [](int g, int t, int i) {
       bool upper = (0 <= i && i < 2) || (4 <= i && i < 6);
       return Place{upper ? g : g + 8, i < 4 ? t * 2 + low(i) : t * 2 + low(i) + 8};
     },
     [](int g, int t, int i) { return Place{i < 2 ? t * 2 + low(i) : t * 2 + low(i) + 8, g}; }},
    {"m16n8k8 f16", 16, 8, 8, "f16", "", "vector<2xf16>", "f32", 2, 1, 2,
     [](int g, int t, int i) { return Place{i < 2 ? g : g + 8, t * 2 + low(i)}; },
     [](int g, int t, int i) { return Place{t * 2 + low(i), g}; }},
    {"m16n8k8 tf32", 16, 8, 8, "tf32",
     "multiplicandAPtxType = #nvvm.mma_type<tf32>, multiplicandBPtxType = #nvvm.mma_type<tf32>,",
     "i32", "f32", 4, 2, 1,
     [](int g, int t, int i) { return Place{i == 0 || i == 2 ? g : g + 8, i < 2 ? t : t + 4}; },
     [](int g, int t, int i) { return Place{i == 0 ? t : t + 4, g}; }},
    {"m16n8k4 tf32", 16, 8, 4, "tf32",
     "multiplicandAPtxType = #nvvm.mma_type<tf32>, multiplicandBPtxType = #nvvm.mma_type<tf32>,",
     "i32", "f32", 2, 1, 1, [](int g, int t, int i) { return Place{i == 0 ? g : g + 8, t}; },
     [](int g, int t, int i) { return Place{t, g}; }},
    {"m16n8k16 s8", 16, 8, 16, "s8",
     "multiplicandAPtxType = #nvvm.mma_type<s8>, multiplicandBPtxType = #nvvm.mma_type<s8>, "
     "intOverflowBehavior = #nvvm.mma_int_overflow<satfinite>,",
     "i32", "i32", 2, 1, 4,
     [](int g, int t, int i) { return Place{i < 4 ? g : g + 8, t * 4 + (i & 3)}; },
     [](int g, int t, int i) { return Place{t * 4 + (i & 3), g}; }},
    {"m16n8k32 s8", 16, 8, 32, "s8",
     "multiplicandAPtxType = #nvvm.mma_type<s8>, multiplicandBPtxType = #nvvm.mma_type<s8>, "
     "intOverflowBehavior = #nvvm.mma_int_overflow<wrapped>,",
     "i32", "i32", 4, 2, 4,
     [](int g, int t, int i) {
       bool upper = i < 4 || (8 <= i && i < 12);
       return Place{upper ? g : g + 8, i < 8 ? t * 4 + (i & 3) : t * 4 + (i & 3) + 16};
     },
     [](int g, int t, int i) { return Place{i < 4 ? t * 4 + (i & 3) : t * 4 + (i & 3) + 16, g}; }},
    {"m8n8k4 f64", 8, 8, 4, "f64", "", "f64", "f64", 1, 1, 1,
     [](int g, int t, int i) { return Place{g, t}; },
     [](int g, int t, int i) { return Place{t, g}; }}};

/// C and D: two elements side by side, and for 16 rows two more, 8 rows below.
Place accumulatorPlace(int g, int t, int i) { return {i < 2 ? g : g + 8, t * 2 + low(i)}; }

std::string list(const std::string &prefix, int number) {
  std::string text;
  for (int i = 0; i < number; ++i)
    text += (i ? ", " : "") + prefix + std::to_string(i);
  return text;
}

/// Loads `number` registers of a lane.
std::string loads(const std::string &from, const std::string &type, int number) {
  std::string text;
  for (int i = 0; i < number; ++i) {
    std::string name = from + std::to_string(i);
    text += "%p" + name + " = llvm.getelementptr %" + from + "[%lane, " + std::to_string(i) +
            "] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, !llvm.array<" + std::to_string(number) +
            " x " + type + ">\n%" + name + " = llvm.load %p" + name + " : !llvm.ptr<1> -> " + type +
            "\n";
  }
  return text;
}

std::string kernelText(const Fragment &f) {
  int cs = f.m == 16 ? 4 : 2;
  std::string result = "!llvm.struct<(";
  for (int i = 0; i < cs; ++i)
    result += (i ? ", " : "") + std::string(f.accumulatorType);
  result += ")>";
  std::string type = f.registerType;
  std::string text = "gpu.module @m {\nllvm.func @f(%a: !llvm.ptr<1>, %b: !llvm.ptr<1>, %c: "
                     "!llvm.ptr<1>, %d: !llvm.ptr<1>) attributes {nvvm.kernel} {\n"
                     "%lane = nvvm.read.ptx.sreg.laneid : i32\n" +
                     loads("a", type, f.as) + loads("b", type, f.bs) +
                     loads("c", f.accumulatorType, cs);
  text += "%r = nvvm.mma.sync A[" + list("%a", f.as) + "] B[" + list("%b", f.bs) + "] C[" +
          list("%c", cs) + "] {layoutA = #nvvm.mma_layout<row>, layoutB = #nvvm.mma_layout<col>, " +
          f.attributes + " shape = #nvvm.shape<m = " + std::to_string(f.m) +
          ", n = 8, k = " + std::to_string(f.k) + ">} : (" + type + ", " + type + ", " +
          f.accumulatorType + ") -> " + result + "\n";
  text += "%pd = llvm.getelementptr %d[%lane] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, " + result +
          "\nllvm.store %r, %pd : " + result + ", !llvm.ptr<1>\nllvm.return\n}\n}";
  return text;
}

/// A small whole number as an element.
void append(std::vector<char> &bytes, const std::string &type, int value) {
  auto add = [&](auto bits) {
    auto *start = reinterpret_cast<const char *>(&bits);
    bytes.insert(bytes.end(), start, start + sizeof(bits));
  };
  if (type == "f16")
    add(emulator::floatToHalf(static_cast<float>(value)));
  else if (type == "bf16")
    add(static_cast<uint16_t>(std::bit_cast<uint32_t>(static_cast<float>(value)) >> 16));
  else if (type == "s8")
    add(static_cast<int8_t>(value));
  else if (type == "f64")
    add(static_cast<double>(value));
  else if (type == "i32")
    add(value);
  else
    add(static_cast<float>(value));
}

int valueA(int row, int k) { return (row * 7 + k * 3) % 11 - 5; }
int valueB(int k, int column) { return (k * 5 + column * 2) % 13 - 6; }
int valueC(int row, int column) { return row * 8 + column - 60; }

TEST(Conformance, FragmentsOfMma) {
  for (const Fragment &f : fragments) {
    SCOPED_TRACE(f.name);
    TestKernel kernel(kernelText(f));
    ASSERT_EQ(kernel.loadError, "");
    int cs = f.m == 16 ? 4 : 2;
    std::vector<char> a, b, c, expected;
    for (int lane = 0; lane < 32; ++lane) {
      int g = lane / 4, t = lane % 4;
      for (int i = 0; i < f.as * f.perRegister; ++i)
        append(a, f.type, valueA(f.a(g, t, i).row, f.a(g, t, i).column));
      for (int i = 0; i < f.bs * f.perRegister; ++i)
        append(b, f.type, valueB(f.b(g, t, i).row, f.b(g, t, i).column));
      for (int i = 0; i < cs; ++i) {
        Place place = accumulatorPlace(g, t, i);
        append(c, f.accumulatorType, valueC(place.row, place.column));
        int sum = valueC(place.row, place.column);
        for (int k = 0; k < f.k; ++k)
          sum += valueA(place.row, k) * valueB(k, place.column);
        append(expected, f.accumulatorType, sum);
      }
    }
    uint64_t d = kernel.allocate(expected.size());
    ASSERT_EQ(kernel.launch("f", {{1, 1, 1}, {32, 1, 1}, 0},
                            {kernel.upload(a), kernel.upload(b), kernel.upload(c), d}),
              "");
    EXPECT_EQ(kernel.download<char>(d, expected.size()), expected);
    EXPECT_EQ(kernel.device.lastLaunch().matrixMultiplyAdds, uint64_t(f.m * f.n * f.k));
  }
}

/// Copies four 8x8 matrices of 16-bit numbers through ldmatrix and stmatrix.
std::string moveMatrices(const std::string &load, const std::string &store) {
  return R"(
gpu.module @m {
  llvm.mlir.global internal @s() {addr_space = 3 : i32, alignment = 16 : i64} : !llvm.array<256 x i16>
  llvm.mlir.global internal @r() {addr_space = 3 : i32, alignment = 16 : i64} : !llvm.array<256 x i16>
  llvm.func @f(%x: !llvm.ptr<1>, %regs: !llvm.ptr<1>, %y: !llvm.ptr<1>) attributes {nvvm.kernel} {
    %full = llvm.mlir.constant(-1 : i32) : i32
    %lane = nvvm.read.ptx.sreg.laneid : i32
    %s = llvm.mlir.addressof @s : !llvm.ptr<3>
    %r = llvm.mlir.addressof @r : !llvm.ptr<3>
    %px = llvm.getelementptr %x[%lane] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, vector<8xi16>
    %ps = llvm.getelementptr %s[%lane] : (!llvm.ptr<3>, i32) -> !llvm.ptr<3>, vector<8xi16>
    %pr = llvm.getelementptr %r[%lane] : (!llvm.ptr<3>, i32) -> !llvm.ptr<3>, vector<8xi16>
    %py = llvm.getelementptr %y[%lane] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, vector<8xi16>
    %v = llvm.load %px : !llvm.ptr<1> -> vector<8xi16>
    llvm.store %v, %ps : vector<8xi16>, !llvm.ptr<3>
    nvvm.bar.warp.sync %full : i32
    %m = nvvm.ldmatrix %ps {num = 4 : i32, layout = #nvvm.mma_layout<)" +
         load +
         R"(>, shape = #nvvm.ld_st_matrix_shape<m = 8, n = 8>, eltType = #nvvm.ld_st_matrix_elt_type<b16>} : (!llvm.ptr<3>) -> !llvm.struct<(i32, i32, i32, i32)>
    %pregs = llvm.getelementptr %regs[%lane] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, !llvm.struct<(i32, i32, i32, i32)>
    llvm.store %m, %pregs : !llvm.struct<(i32, i32, i32, i32)>, !llvm.ptr<1>
    %m0 = llvm.extractvalue %m[0] : !llvm.struct<(i32, i32, i32, i32)>
    %m1 = llvm.extractvalue %m[1] : !llvm.struct<(i32, i32, i32, i32)>
    %m2 = llvm.extractvalue %m[2] : !llvm.struct<(i32, i32, i32, i32)>
    %m3 = llvm.extractvalue %m[3] : !llvm.struct<(i32, i32, i32, i32)>
    nvvm.stmatrix %pr, %m0, %m1, %m2, %m3 {layout = #nvvm.mma_layout<)" +
         store +
         R"(>, shape = #nvvm.ld_st_matrix_shape<m = 8, n = 8>, eltType = #nvvm.ld_st_matrix_elt_type<b16>} : !llvm.ptr<3>, i32, i32, i32, i32
    nvvm.bar.warp.sync %full : i32
    %w = llvm.load %pr : !llvm.ptr<3> -> vector<8xi16>
    llvm.store %w, %py : vector<8xi16>, !llvm.ptr<1>
    llvm.return
  }
})";
}

TEST(Conformance, RowsOfLdmatrixAndStmatrix) {
  for (bool transposedLoad : {false, true})
    for (bool transposedStore : {false, true}) {
      TestKernel kernel(
          moveMatrices(transposedLoad ? "col" : "row", transposedStore ? "col" : "row"));
      ASSERT_EQ(kernel.loadError, "");
      std::vector<uint16_t> x(256);
      for (int i = 0; i < 256; ++i)
        x[i] = static_cast<uint16_t>(i);
      uint64_t registers = kernel.allocate(512), y = kernel.allocate(512);
      ASSERT_EQ(kernel.launch("f", {{1, 1, 1}, {32, 1, 1}, 0}, {kernel.upload(x), registers, y}),
                "");
      auto held = kernel.download<uint16_t>(registers, 256),
           stored = kernel.download<uint16_t>(y, 256);
      for (int lane = 0; lane < 32; ++lane)
        for (int matrix = 0; matrix < 4; ++matrix)
          for (int half = 0; half < 2; ++half) {
            // Thread 0 has the first two elements of row 0, thread 4 those of row 1.
            int row = lane / 4, column = lane % 4 * 2 + half;
            int expected =
                transposedLoad ? matrix * 64 + column * 8 + row : matrix * 64 + row * 8 + column;
            EXPECT_EQ(held[lane * 8 + matrix * 2 + half], expected);
          }
      for (int i = 0; i < 256; ++i) {
        int transposed = i / 64 * 64 + i % 8 * 8 + i / 8 % 8;
        EXPECT_EQ(stored[i], transposedLoad == transposedStore ? i : transposed);
      }
      // Rows of 16 bytes side by side are in different banks.
      EXPECT_EQ(kernel.device.lastLaunch().bankConflicts, 0u);
    }
}

/// Lane i reads the number of lane source(i), which is i times ten.
std::vector<int> shuffle(const std::string &kind, int offset, int clamp) {
  TestKernel kernel(
      R"(
gpu.module @m {
  llvm.func @f(%y: !llvm.ptr<1>) attributes {nvvm.kernel} {
    %full = llvm.mlir.constant(-1 : i32) : i32
    %ten = llvm.mlir.constant(10 : i32) : i32
    %offset = llvm.mlir.constant()" +
      std::to_string(offset) + R"( : i32) : i32
    %clamp = llvm.mlir.constant()" +
      std::to_string(clamp) + R"( : i32) : i32
    %lane = nvvm.read.ptx.sreg.laneid : i32
    %v = llvm.mul %lane, %ten : i32
    %r = nvvm.shfl.sync )" +
      kind +
      R"( %full, %v, %offset, %clamp {return_value_and_is_valid} : i32 -> !llvm.struct<(i32, i1)>
    %w = llvm.extractvalue %r[0] : !llvm.struct<(i32, i1)>
    %valid = llvm.extractvalue %r[1] : !llvm.struct<(i32, i1)>
    %none = llvm.mlir.constant(-1 : i32) : i32
    %res = llvm.select %valid, %w, %none : i1, i32
    %py = llvm.getelementptr %y[%lane] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, i32
    llvm.store %res, %py : i32, !llvm.ptr<1>
    llvm.return
  }
})");
  EXPECT_EQ(kernel.loadError, "");
  uint64_t y = kernel.allocate(128);
  EXPECT_EQ(kernel.launch("f", {{1, 1, 1}, {32, 1, 1}, 0}, {y}), "");
  return kernel.download<int>(y, 32);
}

TEST(Conformance, LanesOfShuffles) {
  // Segments of 8 lanes have the mask 24 in bits 8 to 12.
  constexpr int segments = (32 - 8) << 8;
  auto up = shuffle("up", 3, segments), down = shuffle("down", 3, segments | 31);
  auto bfly = shuffle("bfly", 5, 31), idx = shuffle("idx", 6, segments | 31);
  for (int lane = 0; lane < 32; ++lane) {
    int within = lane % 8, first = lane - within;
    EXPECT_EQ(up[lane], within >= 3 ? (lane - 3) * 10 : -1);
    EXPECT_EQ(down[lane], within + 3 < 8 ? (lane + 3) * 10 : -1);
    EXPECT_EQ(bfly[lane], (lane ^ 5) * 10);
    EXPECT_EQ(idx[lane], (first + 6) * 10);
  }
}

} // namespace
