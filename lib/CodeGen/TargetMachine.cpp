//===- TargetMachine.cpp - The processor that code is made for ------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For this machine's processor LLVM gets the features that the processor has, not only its name:
// an operating system or a virtual machine may hide some. For another one it gets the name, of
// which it knows the features.
//
//===----------------------------------------------------------------------===//

#include "tconv/CodeGen/TargetMachine.h"

#include "tconv/Support/Errors.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/SubtargetFeature.h"

using namespace llvm;
using tconv::TargetOptions;

namespace {

/// Named in a message where LLVM knows them: it knows too many to name all.
constexpr StringLiteral wellKnown[] = {"x86-64-v2",      "x86-64-v3", "x86-64-v4", "haswell",
                                       "sapphirerapids", "znver3",    "znver4",    "cortex-a72",
                                       "neoverse-n1",    "apple-m1"};

std::string listKnown(const MCSubtargetInfo &subtargets) {
  std::string names = "host";
  for (StringRef name : wellKnown)
    if (subtargets.isCPUStringValid(name))
      names += ", " + name.str();
  return names;
}

/// What the processor has, and what it or its operating system leaves out.
std::string hostFeatures() {
  SubtargetFeatures features;
  StringMap<bool> known = sys::getHostCPUFeatures();
  for (auto &[name, present] : known)
    features.AddFeature(name, present);
  std::vector<std::string> list = features.getFeatures();
  llvm::sort(list); // the order of a StringMap says nothing, and strings are compared
  return join(list, ",");
}

tconv::Result<std::string> resolveCpu(const Target &target, const Triple &triple,
                                      const std::string &cpu) {
  if (cpu.empty() || cpu == "host")
    return sys::getHostCPUName().str();
  std::unique_ptr<MCSubtargetInfo> subtargets(target.createMCSubtargetInfo(triple, "", ""));
  if (!subtargets->isCPUStringValid(cpu))
    return tconv::Error{"expected a processor that LLVM knows, such as " + listKnown(*subtargets) +
                        ", got '" + cpu + "'"};
  return cpu;
}

} // namespace

tconv::Result<std::unique_ptr<TargetMachine>>
tconv::createTargetMachine(const TargetOptions &options) {
  // Initialising twice is harmless.
  InitializeNativeTarget();
  InitializeNativeTargetAsmPrinter();
  Triple triple(sys::getProcessTriple());
  std::string message;
  const Target *target = TargetRegistry::lookupTarget(triple, message);
  if (!target)
    return unsupported("code generation failed: " + message);
  Result<std::string> cpu = resolveCpu(*target, triple, options.cpu);
  if (!cpu)
    return cpu.error();
  bool host = options.cpu.empty() || options.cpu == "host";
  llvm::TargetOptions settings;
  // A fused multiply-add rounds once where two operations round twice.
  settings.AllowFPOpFusion = FPOpFusion::Fast;
  std::unique_ptr<TargetMachine> machine(
      target->createTargetMachine(triple, *cpu, host ? hostFeatures() : "", settings, Reloc::PIC_,
                                  CodeModel::Small, CodeGenOptLevel::Default, /*JIT=*/false));
  if (!machine)
    return unsupported("code generation failed: LLVM has no code generator for " + triple.str());
  return machine;
}

tconv::Status tconv::checkRunsHere(const TargetMachine &machine) {
  StringMap<bool> host = sys::getHostCPUFeatures();
  std::vector<std::string> missing;
  // Features that the host's detection does not know say how to tune, not what exists.
  for (const SubtargetFeatureKV &feature :
       machine.getMCSubtargetInfo()->getEnabledProcessorFeatures()) {
    auto known = host.find(feature.Key);
    if (known != host.end() && !known->second)
      missing.push_back(feature.Key);
  }
  if (missing.empty())
    return success();
  size_t more = missing.size() > 4 ? missing.size() - 4 : 0;
  missing.resize(missing.size() - more);
  return unsupported("expected a processor with the instructions of " +
                     machine.getTargetCPU().str() + ", got one without " + join(missing, ", ") +
                     (more ? " and " + std::to_string(more) + " more" : ""));
}
