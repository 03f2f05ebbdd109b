//===- WgmmaKernel.cpp - Kernels of one wgmma, for tests ------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "WgmmaKernel.h"

using namespace tconv;

uint64_t tconv::describeMatrix(uint64_t start, uint64_t leading, uint64_t stride, uint64_t kind,
                               uint64_t baseOffset) {
  auto encode = [](uint64_t bytes) { return (bytes & 0x3ffff) >> 4; };
  return encode(start) | encode(leading) << 16 | encode(stride) << 32 | baseOffset << 49 |
         kind << 62;
}

std::string WgmmaKernel::resultType() const {
  std::string type = "!llvm.struct<(";
  for (int i = 0; i < countRegisters(); ++i)
    type += (i ? ", " : "") + registerType;
  return type + ")>";
}

std::string WgmmaKernel::product(const std::string &result, const std::string &sum,
                                 int step) const {
  std::string id = result.substr(1);
  std::string text;
  for (auto [name, by] : {std::pair("a", offsetsA[step]), std::pair("b", offsetsB[step])})
    text += "%k" + id + name + " = llvm.mlir.constant(" + std::to_string(by) + " : i64) : i64\n%d" +
            id + name + " = llvm.add %" + name + "0, %k" + id + name + " : i64\n";
  return text + result + " = nvvm.wgmma.mma_async %d" + id + "a, %d" + id + "b, " + sum +
         ", #nvvm.shape<m = 64, n = " + std::to_string(n) + ", k = " + std::to_string(k) +
         ">, D [#nvvm.wgmma_type<" + typeD + ">, #nvvm.wgmma_scale_out<" +
         (step == 0 ? scaleD : "one") + ">" +
         (overflow.empty() ? "" : ", #nvvm.mma_int_overflow<" + overflow + ">") +
         "], A [#nvvm.wgmma_type<" + typeA + ">, #nvvm.wgmma_scale_in<" + scaleA +
         ">, #nvvm.mma_layout<" + layoutA + ">], B [#nvvm.wgmma_type<" + typeB +
         ">, #nvvm.wgmma_scale_in<" + scaleB + ">, #nvvm.mma_layout<" + layoutB +
         ">] : " + resultType() + " -> " + resultType() + "\n";
}

std::string WgmmaKernel::text() const {
  std::string type = resultType();
  std::string text = R"(
gpu.module @m {
  llvm.mlir.global external @s() {addr_space = 3 : i32, alignment = 1024 : i64} : !llvm.array<0 x i8>
  llvm.func @f(%image: !llvm.ptr<1>, %c: !llvm.ptr<1>, %y: !llvm.ptr<1>, %da: i64, %db: i64) attributes {nvvm.kernel} {
    %i = nvvm.read.ptx.sreg.tid.x : i32
    %threads = llvm.mlir.constant()" +
                     std::to_string(128 * warpgroups) + R"( : i32) : i32
    %distance = llvm.mlir.constant()" +
                     std::to_string(distanceA) + R"( : i32) : i32
    %c7 = llvm.mlir.constant(7 : i32) : i32
    %group = llvm.lshr %i, %c7 : i32
    %behind32 = llvm.mul %group, %distance : i32
    %behind = llvm.zext %behind32 : i32 to i64
    %c4 = llvm.mlir.constant(4 : i64) : i64
    %mask = llvm.mlir.constant(0x3ffff : i64) : i64
    %words = llvm.mlir.constant()" +
                     std::to_string(imageBytes / 4) + R"( : i32) : i32
    %s = llvm.mlir.addressof @s : !llvm.ptr<3>
    %whole = llvm.ptrtoint %s : !llvm.ptr<3> to i64
    %address = llvm.and %whole, %mask : i64
    %base = llvm.lshr %address, %c4 : i64
    %aOfFirst = llvm.add %da, %base : i64
    %a0 = llvm.add %aOfFirst, %behind : i64
    %b0 = llvm.add %db, %base : i64
    )" + start + R"(
    llvm.br ^copy(%i : i32)
  ^copy(%w: i32):
    %more = llvm.icmp "ult" %w, %words : i32
    llvm.cond_br %more, ^word, ^multiply
  ^word:
    %pw = llvm.getelementptr %image[%w] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, i32
    %ps = llvm.getelementptr %s[%w] : (!llvm.ptr<3>, i32) -> !llvm.ptr<3>, i32
    %v = llvm.load %pw : !llvm.ptr<1> -> i32
    llvm.store %v, %ps : i32, !llvm.ptr<3>
    %next = llvm.add %w, %threads : i32
    llvm.br ^copy(%next : i32)
  ^multiply:
    %pc = llvm.getelementptr %c[%i] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, )" +
                     type + "\n%r0 = llvm.load %pc : !llvm.ptr<1> -> " + type + "\n" + proxyFence +
                     "\nnvvm.barrier0\n" + fence + "\n";
  for (int step = 0; step < steps; ++step)
    text += product("%r" + std::to_string(step + 1), "%r" + std::to_string(step), step);
  return text + afterIssue + "\n" + commit + "\n" + wait + "\n" + afterWait +
         "\n%py = llvm.getelementptr %y[%i] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, " + type +
         "\nllvm.store %r" + std::to_string(steps) + ", %py : " + type +
         ", !llvm.ptr<1>\nllvm.return\n}\n}";
}
