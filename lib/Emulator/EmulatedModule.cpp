//===- EmulatedModule.cpp - Kernels and their launches --------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A launch checks what a driver would (the kernel's parameters, sizes of the grid and of blocks,
// shared memory), runs one block after the other, since blocks cannot wait for each other, and adds
// up what their accesses have counted. Counters of the code itself are cleared before and read
// after it.
//
//===----------------------------------------------------------------------===//

#include "Access.h"
#include "Block.h"

#include <algorithm>

using namespace tconv;
using namespace tconv::emulator;

namespace {

Error limit(const std::string &kernel, const std::string &what, uint64_t most, uint64_t got) {
  return Error{"kernel " + kernel + ": expected " + what + " of at most " + std::to_string(most) +
               ", got " + std::to_string(got)};
}

class EmulatedModule : public DeviceModule {
public:
  EmulatedModule(DeviceState &device, EmulatedCode code) : device(device), code(std::move(code)) {
    for (const EmulatedVariable &variable : this->code.variables)
      device.memory.addVariable(variable);
  }
  ~EmulatedModule() override {
    for (const EmulatedVariable &variable : code.variables)
      device.memory.removeVariable(variable);
  }

  Status launch(const KernelSignature &signature, const LaunchShape &shape,
                const uint64_t *arguments) override;

private:
  Status checkSignature(const EmulatedKernel &kernel, const KernelSignature &signature) const;
  Status checkShape(const EmulatedKernel &kernel, const LaunchShape &shape) const;
  Status runBlocks(Block &block);
  Status run(Block &block, const uint64_t *arguments);
  void countAccesses(EmulatorCounters &counters);
  std::string describeAccesses() const;

  DeviceState &device;
  EmulatedCode code;
};

Status EmulatedModule::checkSignature(const EmulatedKernel &kernel,
                                      const KernelSignature &signature) const {
  auto list = [](const std::vector<uint32_t> &sizes) {
    std::string text;
    for (uint32_t size : sizes)
      text += (text.empty() ? "" : ", ") + std::to_string(size);
    return "(" + text + ")";
  };
  if (kernel.parameterBytes == signature.parameterBytes)
    return success();
  return Error{"kernel " + kernel.name + ": expected parameters of " + list(kernel.parameterBytes) +
               " bytes, got " + list(signature.parameterBytes)};
}

Status EmulatedModule::checkShape(const EmulatedKernel &kernel, const LaunchShape &shape) const {
  constexpr std::array<uint32_t, 3> maxGrid{0x7fffffff, 65535, 65535}, maxBlock{1024, 1024, 64};
  const char *axes[] = {"x", "y", "z"};
  uint64_t threads = 1;
  for (int axis = 0; axis < 3; ++axis) {
    if (shape.grid[axis] > maxGrid[axis])
      return limit(kernel.name, std::string("a grid in ") + axes[axis], maxGrid[axis],
                   shape.grid[axis]);
    if (shape.block[axis] > maxBlock[axis])
      return limit(kernel.name, std::string("a block in ") + axes[axis], maxBlock[axis],
                   shape.block[axis]);
    if (kernel.requiredThreads[axis] && shape.block[axis] != kernel.requiredThreads[axis])
      return Error{"kernel " + kernel.name + ": expected a block in " + axes[axis] + " of " +
                   std::to_string(kernel.requiredThreads[axis]) + ", got " +
                   std::to_string(shape.block[axis])};
    threads *= shape.block[axis];
  }
  if (threads > kernel.maxThreads)
    return limit(kernel.name, "a block of threads", kernel.maxThreads, threads);
  uint64_t fixed = 0;
  for (const EmulatedShared &variable : kernel.shared)
    fixed += variable.bytes;
  if (fixed > DeviceState::maxStaticSharedBytes)
    return limit(kernel.name, "variables in shared memory, in bytes,",
                 DeviceState::maxStaticSharedBytes, fixed);
  if (fixed + shape.sharedBytes > DeviceState::maxSharedBytes)
    return limit(kernel.name, "shared memory, in bytes,", DeviceState::maxSharedBytes,
                 fixed + shape.sharedBytes);
  return success();
}

Status EmulatedModule::runBlocks(Block &block) {
  const std::array<uint32_t, 3> &grid = block.shape.grid;
  const uint64_t all = uint64_t(grid[0]) * grid[1] * grid[2];
  uint64_t done = 0;
  device.progress.start();
  for (uint32_t z = 0; z < grid[2]; ++z)
    for (uint32_t y = 0; y < grid[1]; ++y)
      for (uint32_t x = 0; x < grid[0]; ++x) {
        if (Status status = block.run({x, y, z}); !status)
          return status;
        device.progress.finishBlock(block.kernel.name, ++done, all);
      }
  return success();
}

/// Kernels may read parameters that are passed by value where they are.
Status EmulatedModule::run(Block &block, const uint64_t *arguments) {
  size_t numWords = 0;
  bool byValue = false;
  for (uint32_t bytes : block.kernel.parameterBytes) {
    numWords += wordsOf(bytes);
    byValue |= bytes > sizeof(uint64_t);
  }
  std::vector<uint64_t> copy(arguments, arguments + numWords);
  EmulatedVariable parameters{"of parameters", copy.data(), numWords * sizeof(uint64_t)};
  if (byValue)
    device.memory.addVariable(parameters);
  device.scheduler.setUp(device.options, block.kernel.entry, copy.data());
  Status status = runBlocks(block);
  if (byValue)
    device.memory.removeVariable(parameters);
  return status;
}

void EmulatedModule::countAccesses(EmulatorCounters &counters) {
  counters.launches = 1;
  for (Site &site : code.sites)
    settleSite(site, counters);
  counters.fusedMultiplyAdds = device.codeCounters[FusedMultiplyAdds];
  counters.multiplications = device.codeCounters[Multiplications];
}

std::string EmulatedModule::describeAccesses() const {
  std::string text;
  for (const Site &site : code.sites) {
    if (site.bytes == 0 || site.earlierCount == 0)
      continue;
    text += std::string(site.location) + ": " + site.operation + ": " +
            std::to_string(site.earlierCount) + " by threads, " +
            std::to_string(site.earlierCount * site.bytes) + " bytes";
    if (site.sectors)
      text += ", " + std::to_string(site.sectors) + " sectors";
    if (site.bankConflicts)
      text += ", " + std::to_string(site.bankConflicts) + " bank conflicts";
    text += "\n";
  }
  return text;
}

Status EmulatedModule::launch(const KernelSignature &signature, const LaunchShape &shape,
                              const uint64_t *arguments) {
  auto kernel = std::find_if(code.kernels.begin(), code.kernels.end(),
                             [&](const EmulatedKernel &k) { return k.name == signature.name; });
  if (kernel == code.kernels.end())
    return Error{"expected a kernel of the module, got '" + signature.name + "'"};
  if (!device.shared)
    return Error{"out of memory for the shared memory of the emulated device"};
  if (Status status = checkSignature(*kernel, signature); !status)
    return status;
  if (Status status = checkShape(*kernel, shape); !status)
    return status;
  std::fill(std::begin(device.codeCounters), std::end(device.codeCounters), 0);
  // Allocations may have changed since the last launch.
  for (Site &site : code.sites)
    site.limit = site.count = site.earlierCount = site.bankConflicts = site.sectors = 0;
  Block block(device, *kernel, shape);
  device.races.setUp(device.options.raceCheck, device.shared, DeviceState::sharedAlignment,
                     code.sites.data());
  device.traffic.setUp(device.options.warpTraffic, code.sites.data(), code.sites.size(),
                       block.numThreads());
  Status status = run(block, arguments);
  countAccesses(block.counters);
  device.lastAccesses = device.options.warpTraffic ? describeAccesses() : "";
  device.last = block.counters;
  device.total += block.counters;
  return status;
}

} // namespace

std::unique_ptr<DeviceModule> tconv::createEmulatedModule(EmulatedDevice &device,
                                                          EmulatedCode code) {
  return std::make_unique<EmulatedModule>(device.getState(), std::move(code));
}

void *tconv::getSharedMemory(EmulatedDevice &device) { return device.getState().shared; }
uint64_t *tconv::getCodeCounters(EmulatedDevice &device) { return device.getState().codeCounters; }
