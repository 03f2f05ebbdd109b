//===- CudaPlatform.cpp - Programs on a GPU -------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Platforms.h"

#include "tconv/CodeGen/GpuCode.h"
#include "tconv/Cuda/CudaDevice.h"
#include "tconv/Support/Errors.h"

#include "mlir/IR/BuiltinOps.h"

using namespace tconv;

namespace {

class CudaPlatform : public DevicePlatform {
public:
  CudaPlatform(std::unique_ptr<CudaDevice> gpu, std::optional<Ptxas> ptxas, const GpuArch &arch)
      : gpu(std::move(gpu)), ptxas(std::move(ptxas)), target(arch) {}

  Device &device() override { return *gpu; }
  GpuArch arch() const override { return target; }
  GpuArch deviceArch() const override { return gpu->arch(); }
  Result<std::unique_ptr<DeviceModule>> load(mlir::ModuleOp module) override {
    Result<CodeImage> image = emitPTX(module, target, ptxas ? ptxas->toolkit() : "");
    // Without an assembler the driver's compiler takes the text.
    if (image && ptxas)
      image = assemble(*image, *ptxas);
    if (!image)
      return image.error();
    return gpu->load(image->bytes);
  }
  Result<std::unique_ptr<DeviceModule>> load(const std::vector<CodeImage> &images) override {
    Result<const CodeImage *> image = chooseImage(images, gpu->arch());
    return image ? gpu->load((*image)->bytes) : image.error();
  }
  Result<double> time(const std::function<Status()> &work) override { return gpu->time(work); }

private:
  std::unique_ptr<CudaDevice> gpu;
  std::optional<Ptxas> ptxas;
  GpuArch target;
};

/// What code for a device is made for: an architecture that this compiler knows.
Result<GpuArch> chooseArch(const CudaDevice &gpu, const TargetOptions &target) {
  GpuArch arch = target.arch.value_or(gpu.arch());
  if (!target.arch && !GpuArch::parse(arch.name()))
    arch = {8, 0, false};
  if (runsMachineCode(gpu.arch(), arch) || compilesPTX(gpu.arch(), arch))
    return arch;
  return unsupported("expected an architecture that " + gpu.name() + " runs, got " + arch.name());
}

} // namespace

Result<std::unique_ptr<DevicePlatform>> tconv::openCudaPlatform(const TargetOptions &target) {
  Result<std::optional<Ptxas>> ptxas = Ptxas::find(target.ptxas);
  if (!ptxas)
    return ptxas.error();
  Result<std::unique_ptr<CudaDevice>> gpu = CudaDevice::open();
  if (!gpu)
    return gpu.error();
  Result<GpuArch> arch = chooseArch(**gpu, target);
  if (!arch)
    return arch.error();
  // The driver compiles for its GPU what was made for an older one.
  if (!runsMachineCode((*gpu)->arch(), *arch))
    ptxas->reset();
  return std::unique_ptr<DevicePlatform>(
      std::make_unique<CudaPlatform>(std::move(*gpu), std::move(*ptxas), *arch));
}
