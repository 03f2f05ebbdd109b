//===- HostCode.h - Machine code of this process -------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EXECUTION_HOSTCODE_H
#define TCONV_LIB_EXECUTION_HOSTCODE_H

#include "tconv/Entry/EntryPoint.h"
#include "tconv/Execution/Code.h"
#include "tconv/Execution/Jit.h"

namespace tconv {

/// What packs filters, if anything does.
struct HostPacking {
  void *function = nullptr;
  std::vector<uint32_t> inputs;
  std::vector<int64_t> bytes;
};

class HostCode : public Code {
public:
  HostCode(EntryPoint entry, Jit jit, void *function, HostPacking packing, int threads)
      : entry(std::move(entry)), jit(std::move(jit)), function(function),
        packing(std::move(packing)), threads(threads) {}

  const std::vector<int64_t> &packedBytes() const override { return packing.bytes; }
  Status pack(const std::vector<HostTensor> &inputs,
              std::vector<HostTensor> &packed) const override;
  Status run(const std::vector<HostTensor> &inputs, const std::vector<HostTensor> &packed,
             std::vector<HostTensor> &outputs) const override;
  Result<std::unique_ptr<PreparedRun>>
  prepare(const std::vector<HostTensor> &inputs) const override;
  std::string where() const override;

private:
  Status call(void *code, std::vector<void *> &arguments,
              const std::vector<HostTensor> &inputs) const;

  EntryPoint entry;
  Jit jit;
  void *function;
  HostPacking packing;
  int threads;
};

} // namespace tconv

#endif // TCONV_LIB_EXECUTION_HOSTCODE_H
