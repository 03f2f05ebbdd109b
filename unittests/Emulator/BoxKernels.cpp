//===- BoxKernels.cpp - Kernels that copy one box -------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BoxKernels.h"

using namespace tconv;

/// "PREFIX0, PREFIX1".
static std::string list(const std::string &prefix, uint32_t first, uint32_t count,
                        const std::string &suffix = "") {
  std::string text;
  for (uint32_t index = first; index < first + count; ++index)
    text += (index == first ? "" : ", ") + prefix + std::to_string(index) + suffix;
  return text;
}

static std::string replaceAll(std::string text, const std::string &what, const std::string &by) {
  for (size_t at = text.find(what); at != text.npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

/// Up to where the tile is filled or loaded: its address, the thread's part of it.
static const char *const beginning = R"(
  llvm.func @NAME(%map: !llvm.ptr {llvm.byval = !llvm.array<16 x i64>, llvm.align = 64 : i64, nvvm.grid_constant},
      %global: !llvm.ptr<1>, %bytes: i32, PARAMETERS) attributes {nvvm.kernel} {
    %tile0 = llvm.mlir.addressof @tile : !llvm.ptr<3>
    %tile = llvm.getelementptr %tile0[PLACE] : (!llvm.ptr<3>) -> !llvm.ptr<3>, i8
    %bar = llvm.mlir.addressof @bar : !llvm.ptr<3>
    %zero = llvm.mlir.constant(0 : i32) : i32
    %one = llvm.mlir.constant(1 : i32) : i32
    %step = llvm.mlir.constant(32 : i32) : i32
    %ticks = llvm.mlir.constant(1000 : i32) : i32
    OFFSETS
    %tid = nvvm.read.ptx.sreg.tid.x : i32
    %leads = llvm.icmp "eq" %tid, %zero : i32
)";

static const char *const loading = R"(
    llvm.cond_br %leads, ^lead, ^ready
  ^lead:
    nvvm.mbarrier.init %bar, %one : !llvm.ptr<3>, i32
    INITFENCE
    EXPECT
    %to = llvm.addrspacecast %tile : !llvm.ptr<3> to !llvm.ptr<7>
    nvvm.cp.async.bulk.tensor.shared.cluster.global %to, %map, %bar, box[BOX] LOADMODE : !llvm.ptr<7>, !llvm.ptr
    llvm.br ^ready
  ^ready:
    nvvm.barrier0
    WAIT
    llvm.br ^head(%tid : i32)
  ^head(%i: i32):
    %more = llvm.icmp "ult" %i, %bytes : i32
    llvm.cond_br %more, ^body, ^end
  ^body:
    %s = llvm.getelementptr %tile[%i] : (!llvm.ptr<3>, i32) -> !llvm.ptr<3>, i8
    %g = llvm.getelementptr %global[%i] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, i8
    %v = llvm.load %s : !llvm.ptr<3> -> i8
    llvm.store %v, %g : i8, !llvm.ptr<1>
    %next = llvm.add %i, %step : i32
    llvm.br ^head(%next : i32)
  ^end:
    llvm.return
  }
)";

static const char *const storing = R"(
    llvm.br ^head(%tid : i32)
  ^head(%i: i32):
    %more = llvm.icmp "ult" %i, %bytes : i32
    llvm.cond_br %more, ^body, ^ready
  ^body:
    %s = llvm.getelementptr %tile[%i] : (!llvm.ptr<3>, i32) -> !llvm.ptr<3>, i8
    %g = llvm.getelementptr %global[%i] : (!llvm.ptr<1>, i32) -> !llvm.ptr<1>, i8
    %v = llvm.load %g : !llvm.ptr<1> -> i8
    llvm.store %v, %s : i8, !llvm.ptr<3>
    %next = llvm.add %i, %step : i32
    llvm.br ^head(%next : i32)
  ^ready:
    PROXYFENCE
    BEFORE
    llvm.cond_br %leads, ^lead, ^end
  ^lead:
    nvvm.cp.async.bulk.tensor.global.shared.cta %map, %tile, box[BOX] STOREMODE : !llvm.ptr, !llvm.ptr<3>
    AFTER
    llvm.br ^end
  ^end:
    llvm.return
  }
)";

std::string tconv::boxKernels(uint32_t rank, bool im2col, const BoxParts &parts) {
  uint32_t numOffsets = im2col ? rank - 2 : 0;
  std::string offsets;
  for (uint32_t index = 0; index < numOffsets; ++index)
    offsets += "%o" + std::to_string(index) + " = llvm.trunc %p" + std::to_string(rank + index) +
               " : i32 to i16\n";
  std::string text = R"(gpu.module @kernels {
  llvm.mlir.global external @tile() {addr_space = 3 : i32, alignment = 1024 : i64} : !llvm.array<0 x i8>
  llvm.mlir.global internal @bar() {addr_space = 3 : i32, alignment = 8 : i64} : i64
)";
  text += replaceAll(beginning, "NAME", "load") + loading;
  text += replaceAll(beginning, "NAME", "store") + storing + "}\n";
  text = replaceAll(text, "PARAMETERS", list("%p", 0, rank + numOffsets, ": i32"));
  text = replaceAll(text, "PLACE", parts.place);
  text = replaceAll(text, "OFFSETS", offsets);
  text = replaceAll(text, "INITFENCE", parts.initFence);
  text = replaceAll(text, "PROXYFENCE", parts.proxyFence);
  text = replaceAll(text, "EXPECT", parts.expect);
  text = replaceAll(text, "WAIT", parts.wait);
  text = replaceAll(text, "BEFORE", parts.beforeStore);
  text = replaceAll(text, "AFTER", parts.afterStore);
  text = replaceAll(text, "BOX", list("%p", 0, rank));
  text = replaceAll(text, "LOADMODE",
                    im2col ? "im2col[" + list("%o", 0, numOffsets) +
                                 "] {mode = #nvvm.tma_load_mode<im2col>}"
                           : "");
  return replaceAll(text, "STOREMODE", im2col ? "{mode = #nvvm.tma_store_mode<im2col>}" : "");
}

std::string tconv::launchBox(TestKernel &kernel, const std::string &name,
                             const TensorMapDescription &map, uint64_t address, uint32_t tileBytes,
                             const std::vector<int32_t> &numbers) {
  Result<TensorMap> encoded = kernel.device.encodeTensorMap(map);
  if (!encoded)
    return encoded.message();
  std::vector<uint64_t> words(encoded->words.begin(), encoded->words.end());
  std::vector<uint32_t> bytes{sizeof(TensorMap), 8, 4};
  words.push_back(address);
  words.push_back(tileBytes);
  for (int32_t number : numbers) {
    words.push_back(static_cast<uint32_t>(number));
    bytes.push_back(4);
  }
  return kernel.launch(name, {{1, 1, 1}, {32, 1, 1}, tileBytes + 1024}, words, bytes);
}
