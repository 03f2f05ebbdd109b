//===- PhaseFields.cpp - The phase table in a kernel ----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PhaseFields.h"

#include "ConstantTable.h"

using namespace mlir;
using namespace mlir::tconv;

using ::tconv::Phase;

namespace {

/// The numbers of all phases, field by field.
SmallVector<SmallVector<int32_t>> collectFields(const GpuKernelLayer &layer) {
  SmallVector<SmallVector<int32_t>> fields;
  auto add = [&](llvm::function_ref<int64_t(const Phase &)> get) {
    auto &field = fields.emplace_back();
    for (const Phase &phase : layer.phases.phases)
      field.push_back(static_cast<int32_t>(get(phase)));
  };
  for (size_t dim = 0; dim < layer.rank(); ++dim) {
    add([&](const Phase &phase) { return phase.dims[dim].extent; });
    add([&](const Phase &phase) { return phase.dims[dim].firstOutput; });
    add([&](const Phase &phase) { return phase.dims[dim].firstInput; });
    add([&](const Phase &phase) { return phase.dims[dim].taps; });
  }
  add([&](const Phase &phase) { return phase.firstTap; });
  add([&](const Phase &phase) { return phase.taps(); });
  add([&](const Phase &phase) { return phase.pixels() * layer.problem.geometry.batch; });
  return fields;
}

} // namespace

PhaseValues mlir::tconv::loadPhase(KernelBuilder &b, gpu::GPUModuleOp module,
                                   const GpuKernelLayer &layer, Value number) {
  SmallVector<Value> values;
  for (const auto &field : collectFields(layer)) {
    if (llvm::all_equal(field)) {
      values.push_back(b.i32(field.front()));
      continue;
    }
    Value table = createConstantTable(b, module, field);
    values.push_back(b.load(b.getI32Type(), b.at(table, b.getI32Type(), number), 4));
  }
  PhaseValues phase;
  auto next = values.begin();
  for (size_t dim = 0; dim < layer.rank(); ++dim, next += 4)
    phase.dims.push_back({next[0], next[1], next[2], next[3]});
  phase.firstTap = next[0];
  phase.taps = next[1];
  phase.pixels = next[2];
  return phase;
}
