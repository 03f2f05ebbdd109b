//===- Launch.cpp - Launches of one-dimensional grids ---------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Launch.h"

#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;
using namespace mlir::tconv;

/// Threads of a warp, which are there whether used or not.
constexpr int64_t warpSize = 32;

void mlir::tconv::emitLaunch(Emitter &emitter, StringRef function, Value blocks, int64_t threads,
                             llvm::function_ref<void(LaunchIds)> body) {
  auto launch = [&] {
    Value one = emitter.index(1), size = emitter.index(threads);
    auto name = FlatSymbolRefAttr::get(emitter.getContext(), function);
    auto op = gpu::LaunchOp::create(emitter, blocks, one, one, size, one, one, nullptr, nullptr, {},
                                    {}, {}, nullptr, nullptr, nullptr, nullptr, name);
    OpBuilder::InsertionGuard guard(emitter);
    emitter.setInsertionPointToStart(&op.getBody().front());
    body({op, op.getBlockIds().x, op.getThreadIds().x});
    gpu::TerminatorOp::create(emitter);
  };
  std::optional<int64_t> known = getConstantIntValue(blocks);
  if (!known)
    emitter.ifThen(emitter.less(emitter.index(0), blocks), launch);
  else if (*known > 0)
    launch();
}

void mlir::tconv::emitLaunchOverItems(Emitter &emitter, StringRef function, Value count,
                                      llvm::function_ref<void(Value)> body) {
  std::optional<int64_t> known = getConstantIntValue(count);
  int64_t threads = defaultBlockSize;
  if (known && *known < threads)
    threads = llvm::alignTo(std::max<int64_t>(*known, 1), warpSize);
  Value blocks = emitter.ceilDiv(count, threads);
  emitLaunch(emitter, function, blocks, threads, [&](LaunchIds ids) {
    Value item = emitter.add(emitter.mul(ids.block, threads), ids.thread);
    if (known && *known % threads == 0)
      body(item);
    else
      emitter.ifThen(emitter.less(item, count), [&] { body(item); });
  });
}
