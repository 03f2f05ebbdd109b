//===- Pipelines.h - The stages of compilation --------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Compilation is a sequence of named stages. Each has a builder that appends its
// passes, and a sentence that says what the IR contains after it; every tool can
// stop after any of them.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_PIPELINES_PIPELINES_H
#define TCONV_PIPELINES_PIPELINES_H

#include "mlir/Pass/PassOptions.h"
#include "llvm/ADT/StringRef.h"

#include <optional>

namespace mlir {
class OpPassManager;
} // namespace mlir

namespace mlir::tconv {

/// What code is made for.
enum class Target { Cpu, Cuda };

/// The stages in their order. Each target goes through some of them.
enum class Stage {
  Input,
  Decomposed,
  Tiled,
  Bufferized,
  Loops,
  LLVM,
  Launches,
  Outlined,
  NVVM,
  PTX
};

/// A stage's name on the command line, and what the IR contains after it.
struct StageInfo {
  Stage stage;
  StringRef name;
  StringRef sentence;
};
ArrayRef<StageInfo> getStages(Target target = Target::Cpu);
/// The stage of a target that has this name.
std::optional<Stage> symbolizeStage(StringRef name, Target target = Target::Cpu);

/// How a transposed convolution is computed.
enum class Algorithm { Auto, ZeroInsertion, Phases };

struct PipelineOptions : PassPipelineOptions<PipelineOptions> {
  Option<Algorithm> algorithm{
      *this, "algorithm", llvm::cl::desc("How a transposed convolution is computed"),
      llvm::cl::init(Algorithm::Auto),
      llvm::cl::values(
          clEnumValN(Algorithm::Auto, "auto", "kernels where there are some, otherwise phases"),
          clEnumValN(Algorithm::ZeroInsertion, "zero-insertion",
                     "zeros between the input's elements, and one convolution"),
          clEnumValN(Algorithm::Phases, "phases", "one convolution for each phase"))};
  Option<Stage> stopAfter{
      *this, "stop-after", llvm::cl::desc("The last stage that is run"),
      llvm::cl::init(Stage::LLVM),
      llvm::cl::values(
          clEnumValN(Stage::Input, "input", "the IR as it was written"),
          clEnumValN(Stage::Decomposed, "decomposed", "convolutions of upstream dialects"),
          clEnumValN(Stage::Tiled, "tiled", "convolutions in parallel loops over tiles"),
          clEnumValN(Stage::Bufferized, "bufferized", "buffers in place of tensors"),
          clEnumValN(Stage::Loops, "loops", "loops and memory accesses"),
          clEnumValN(Stage::LLVM, "llvm", "the LLVM dialect"),
          clEnumValN(Stage::Launches, "launches", "for a GPU: gpu.launch ops"),
          clEnumValN(Stage::Outlined, "outlined", "for a GPU: kernels in GPU modules"),
          clEnumValN(Stage::NVVM, "nvvm", "for a GPU: the LLVM and NVVM dialects"),
          clEnumValN(Stage::PTX, "ptx", "for a GPU: kernels as PTX text"))};
  Option<Stage> startAfter{
      *this, "start-after",
      llvm::cl::desc("The stage that the module has passed already: input or outlined"),
      llvm::cl::init(Stage::Input),
      llvm::cl::values(clEnumValN(Stage::Input, "input", "the IR as it was written"),
                       clEnumValN(Stage::Outlined, "outlined", "functions that launch kernels"))};
  Option<Target> target{*this, "target", llvm::cl::desc("What code is made for"),
                        llvm::cl::init(Target::Cpu),
                        llvm::cl::values(clEnumValN(Target::Cpu, "cpu", "a processor"),
                                         clEnumValN(Target::Cuda, "cuda", "an NVIDIA GPU"))};
  Option<std::string> arch{*this, "arch", llvm::cl::desc("The GPU that code is for, like sm_80"),
                           llvm::cl::init("sm_80")};
  Option<std::string> toolkit{*this, "toolkit",
                              llvm::cl::desc("A folder with a CUDA toolkit, for its libdevice"),
                              llvm::cl::init("")};
  Option<bool> allowTf32{*this, "allow-tf32",
                         llvm::cl::desc("On a GPU, multiply f32 with tensor cores, which read 10 "
                                        "bits of each fraction"),
                         llvm::cl::init(false)};
  Option<std::string> targetCpu{*this, "target-cpu",
                                llvm::cl::desc("The processor that schedules are for, or host"),
                                llvm::cl::init("host")};
  Option<bool> parallel{*this, "parallel", llvm::cl::desc("Run parallel loops on several threads"),
                        llvm::cl::init(false)};
};

/// After this stage layers are linalg convolutions on tensors or, with a schedule,
/// tconv.kernel ops that elementwise ops behind them have been fused into; and sizes known only at
/// run time have been asserted to be consistent.
void buildDecomposedStage(OpPassManager &pm, const PipelineOptions &options);
/// After this stage convolutions stand in scf.forall loops over tiles, their
/// contiguous dimension innermost, and elementwise ops on tensors are linalg ops.
void buildTiledStage(OpPassManager &pm);
/// After this stage there are buffers, with their allocations and deallocations, and
/// no tensors. Public functions whose results all have static sizes take buffers for
/// the results as further arguments; the others return buffers of their own.
void buildBufferizedStage(OpPassManager &pm);
/// After this stage there are loops over scalar loads and stores, and no linalg ops;
/// parallel loops are functions that tconv.parallel_call runs, if parallel.
void buildLoopsStage(OpPassManager &pm, const PipelineOptions &options);
/// After this stage there is only the LLVM dialect, with a C interface for each
/// function, and failures are returned, not aborted on.
void buildLLVMStage(OpPassManager &pm);

/// After this stage everything that touches an element of a tensor is in a gpu.launch, and the
/// rest of a function computes sizes, allocates, branches, loops and launches. memref.alloc is
/// memory of the device. There is no memref.copy.
void buildLaunchesStage(OpPassManager &pm);
/// After this stage the bodies of launches are kernels in the GPU module @kernels, and functions
/// have gpu.launch_func in their place.
void buildOutlinedStage(OpPassManager &pm);
/// After this stage functions are in the LLVM dialect, but for gpu.launch_func, and there is one
/// GPU module, whose kernels are in the LLVM and NVVM dialects. Buffers of functions are in the
/// memory of a device: malloc and free stand for its allocations.
void buildNVVMStage(OpPassManager &pm);
/// After this stage the GPU module is a gpu.binary that holds PTX for `options.arch`.
void buildPTXStage(OpPassManager &pm, const PipelineOptions &options);

/// All stages up to `options.stopAfter`.
void buildPipeline(OpPassManager &pm, const PipelineOptions &options);

/// Registers `tconv-pipeline` for use in pass pipelines.
void registerPipelines();

} // namespace mlir::tconv

#endif // TCONV_PIPELINES_PIPELINES_H
