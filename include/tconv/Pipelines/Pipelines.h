//===- Pipelines.h - The stages of compilation --------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Compilation is a sequence of named stages. Each target has a table of its stages, with a
// sentence that says what the IR contains after each; every tool can stop after any of them, and
// start after any of them with IR that has passed it.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_PIPELINES_PIPELINES_H
#define TCONV_PIPELINES_PIPELINES_H

#include "tconv/Support/Result.h"

#include "mlir/Pass/PassOptions.h"
#include "llvm/ADT/StringRef.h"

#include <optional>

namespace mlir {
class OpPassManager;
} // namespace mlir

namespace mlir::tconv {

/// What code is made for.
enum class Target { Cpu, Cuda };

/// The stages of all targets. Which ones a target goes through, and in which order, is in its
/// table.
enum class Stage {
  Input,
  Raised,
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

struct PipelineOptions;

/// A stage's name on the command line, what the IR contains after it, and what appends its
/// passes to those of the stages before it.
struct StageInfo {
  Stage stage;
  StringRef name;
  StringRef sentence;
  void (*build)(OpPassManager &pm, const PipelineOptions &options);
};
/// The stages of a target in their order.
ArrayRef<StageInfo> getStages(Target target = Target::Cpu);
/// The stage of a target that has this name.
std::optional<Stage> symbolizeStage(StringRef name, Target target = Target::Cpu);
/// The name of a stage, which is the same for all targets.
StringRef stringifyStage(Stage stage);
/// A sentence about the option stop-after that lists all targets' stages.
StringRef describeStopAfter();

/// How a transposed convolution is computed.
enum class Algorithm { Auto, Direct, ZeroInsertion, Phases };
/// The values of an option of that, with their names.
llvm::cl::ValuesClass getAlgorithmValues();
std::optional<Algorithm> symbolizeAlgorithm(StringRef name);

struct PipelineOptions : PassPipelineOptions<PipelineOptions> {
  Option<Algorithm> algorithm{*this, "algorithm",
                              llvm::cl::desc("How a transposed convolution is computed"),
                              llvm::cl::init(Algorithm::Auto), getAlgorithmValues()};
  /// Empty: the last one of the target.
  Option<std::string> stopAfter{*this, "stop-after", llvm::cl::desc(describeStopAfter()),
                                llvm::cl::init("")};
  Option<std::string> startAfter{*this, "start-after",
                                 llvm::cl::desc("The stage that the module has passed already"),
                                 llvm::cl::init("input")};
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
  ListOption<int64_t> sizesHint{
      *this, "sizes-hint",
      llvm::cl::desc("The sizes that schedules are chosen for where they are dynamic: the batch, "
                     "then the spatial ones")};
  Option<bool> parallel{*this, "parallel", llvm::cl::desc("Run parallel loops on several threads"),
                        llvm::cl::init(false)};
};

/// The stages that the options ask for: behind `startAfter`, up to `stopAfter`. An error if one of
/// them is none of the target's, or the second is before the first.
::tconv::Result<ArrayRef<StageInfo>> getStagesToRun(const PipelineOptions &options);

/// Appends the passes of those stages; an error, and nothing appended, as above.
::tconv::Status buildPipeline(OpPassManager &pm, const PipelineOptions &options);

/// Registers `tconv-pipeline` for use in pass pipelines.
void registerPipelines();

} // namespace mlir::tconv

#endif // TCONV_PIPELINES_PIPELINES_H
