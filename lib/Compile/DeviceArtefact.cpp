//===- DeviceArtefact.cpp - Files for GPUs --------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One program serves all architectures for which the passes give the same module; a second one
// is made where schedules differ. Each program's kernels are compiled for each of its
// architectures, as machine code if there is an assembler, and as PTX, which newer GPUs can
// take.
//
//===----------------------------------------------------------------------===//

#include "DeviceArtefact.h"

#include "tconv/CodeGen/GpuCode.h"
#include "tconv/Support/Errors.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"

#include <algorithm>
#include <tuple>

using namespace tconv;

namespace {

/// PTX for each architecture, linked with the library of the toolkit of `ptxas`, and machine code.
Result<std::vector<CodeImage>> compileImages(mlir::ModuleOp module,
                                             const std::vector<GpuArch> &archs,
                                             const std::optional<Ptxas> &ptxas, bool assembles) {
  std::vector<CodeImage> images;
  for (const GpuArch &arch : archs) {
    Result<CodeImage> ptx = emitPTX(module, arch, ptxas ? ptxas->toolkit() : "");
    if (!ptx)
      return ptx.error();
    if (assembles && ptxas && !ptx->bytes.empty()) {
      Result<CodeImage> cubin = assemble(*ptx, *ptxas);
      if (!cubin)
        return cubin.error();
      images.push_back(std::move(*cubin));
    }
    images.push_back(std::move(*ptx));
  }
  return images;
}

/// A program with the lowered module of its kernels, for the architectures that it was chosen for.
struct Variant {
  Program program;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  std::vector<GpuArch> archs;
  std::string text; ///< of the module, which is all that decides on the program
};

/// The programs for each architecture; those that are the same are one.
Result<std::vector<Variant>> compileVariants(const EntryFunction &entry, CompileOptions options,
                                             const std::vector<GpuArch> &archs) {
  std::vector<Variant> variants;
  for (const GpuArch &arch : archs) {
    options.target.arch = arch;
    mlir::OwningOpRef<mlir::ModuleOp> copy;
    Result<Program> program = compileProgram(entry.copyTo(copy), options);
    if (!program)
      return program.error();
    std::string text;
    llvm::raw_string_ostream(text) << *copy;
    auto same = llvm::find_if(variants, [&](const Variant &other) { return other.text == text; });
    if (same == variants.end())
      variants.push_back({std::move(*program), std::move(copy), {arch}, std::move(text)});
    else
      same->archs.push_back(arch);
  }
  return variants;
}

/// The one image of a kind.
Result<std::string> takeImage(const std::vector<CodeImage> &images, CodeImage::Kind kind) {
  for (const CodeImage &image : images)
    if (image.kind == kind)
      return image.bytes;
  return unsupported(
      "expected a program ptxas for machine code, found none: --ptxas, CUDA_HOME or PATH "
      "names it");
}

/// From the oldest to the newest, each once.
std::vector<GpuArch> sortedArchs(const ArtefactOptions &options) {
  auto key = [](const GpuArch &arch) { return std::tuple(arch.major, arch.minor, arch.specific); };
  std::vector<GpuArch> archs = options.archs;
  if (archs.empty())
    archs.push_back({8, 0, false});
  std::sort(archs.begin(), archs.end(),
            [&](const GpuArch &a, const GpuArch &b) { return key(a) < key(b); });
  archs.erase(std::unique(archs.begin(), archs.end()), archs.end());
  return archs;
}

} // namespace

Result<DeviceArtefactKind> tconv::deviceKindOf(const std::string &path) {
  llvm::StringRef extension = llvm::sys::path::extension(path);
  if (extension == ".tcgpu")
    return DeviceArtefactKind::Program;
  if (extension == ".ptx")
    return DeviceArtefactKind::PTX;
  if (extension == ".cubin")
    return DeviceArtefactKind::Cubin;
  if (extension == ".fatbin")
    return DeviceArtefactKind::FatBinary;
  return Error{"expected an output for GPUs that ends in .tcgpu, .ptx, .cubin or .fatbin, got '" +
               path + "'"};
}

Result<std::string> tconv::compileForGpus(const EntryFunction &entry,
                                          const ArtefactOptions &options, DeviceArtefactKind kind) {
  std::vector<GpuArch> archs = sortedArchs(options);
  bool holdsOne = kind == DeviceArtefactKind::PTX || kind == DeviceArtefactKind::Cubin;
  if (holdsOne && archs.size() > 1)
    return Error{"expected one --arch for an output of one architecture's code, got " +
                 std::to_string(archs.size())};
  Result<std::optional<Ptxas>> ptxas = Ptxas::find(options.compile.target.ptxas);
  if (!ptxas)
    return ptxas.error();
  bool isProgram = kind == DeviceArtefactKind::Program;
  // Who loads kernels without the program launches them in one way.
  Result<std::vector<Variant>> variants =
      compileVariants(entry, options.compile, isProgram ? archs : std::vector{archs.front()});
  if (!variants)
    return variants.error();
  std::vector<ProgramFile> programs;
  for (Variant &variant : *variants) {
    Result<std::vector<CodeImage>> images =
        compileImages(*variant.module, isProgram ? variant.archs : archs, *ptxas,
                      /*assembles=*/kind != DeviceArtefactKind::PTX);
    if (!images)
      return images.error();
    programs.push_back({std::move(variant.program), std::move(*images)});
  }
  const std::vector<CodeImage> &images = programs.front().images;
  switch (kind) {
  case DeviceArtefactKind::Program:
    return writeProgramFile(programs);
  case DeviceArtefactKind::PTX:
    return takeImage(images, CodeImage::Kind::PTX);
  case DeviceArtefactKind::Cubin:
    return takeImage(images, CodeImage::Kind::Cubin);
  case DeviceArtefactKind::FatBinary:
    break;
  }
  Result<std::string> cubin = takeImage(images, CodeImage::Kind::Cubin);
  return cubin ? joinImages(images, **ptxas) : cubin;
}
