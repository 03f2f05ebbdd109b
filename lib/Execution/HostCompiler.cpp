//===- HostCompiler.cpp - From a module to machine code of this process ---===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Compilers.h"
#include "HostCode.h"

#include "tconv/CodeGen/Translate.h"
#include "tconv/Support/Errors.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Target/TargetMachine.h"

using namespace tconv;

namespace {

/// How filters are packed, as the code itself says (see Translate.h).
Result<std::vector<int64_t>> packedBytes(const Jit &jit) {
  Result<void *> address = jit.lookup(packedBytesName);
  if (!address)
    return address.error();
  auto *numbers = static_cast<const int64_t *>(*address);
  return std::vector<int64_t>(numbers + 1, numbers + 1 + numbers[0]);
}

/// The code's function that packs, if there is one.
Result<HostPacking> findPacking(const Jit &jit, const std::vector<uint32_t> &inputs) {
  Result<std::vector<int64_t>> bytes = packedBytes(jit);
  if (!bytes)
    return bytes.error();
  HostPacking packing{nullptr, inputs, std::move(*bytes)};
  if (packing.bytes.empty())
    return packing;
  Result<void *> function = jit.lookup(packName);
  if (!function)
    return function.error();
  packing.function = *function;
  return packing;
}

} // namespace

Result<std::unique_ptr<Code>> tconv::compileForHost(const EntryFunction &entry,
                                                    const CompileOptions &options,
                                                    CompileTimes &times) {
  if (entry.entry.returnsBuffers)
    return unsupported(
        "expected a module without kernels for a GPU, got one that launches some: choose "
        "another --target");
  Result<std::unique_ptr<llvm::TargetMachine>> machine = createTargetMachine(options.target);
  if (!machine)
    return machine.error();
  if (Status status = checkRunsHere(**machine); !status)
    return status.error();
  auto object = compileObject(entry, options, **machine, times);
  if (!object)
    return object.error();
  Result<Jit> jit = Jit::create(std::move(*object), **machine);
  if (!jit)
    return jit.error();
  Result<void *> address = jit->lookup(invokeName);
  if (!address)
    return address.error();
  Result<HostPacking> packing = findPacking(*jit, entry.packInputs);
  if (!packing)
    return packing.error();
  return std::unique_ptr<Code>(std::make_unique<HostCode>(entry.entry, std::move(*jit), *address,
                                                          std::move(*packing), options.threads));
}
