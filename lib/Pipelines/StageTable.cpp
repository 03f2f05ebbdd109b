//===- StageTable.cpp - Which stages there are ----------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One table for each target. Help texts, the names that options take, the default of stop-after
// and the pipeline itself are read off it.
//
//===----------------------------------------------------------------------===//

#include "Stages.h"

#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Transforms/Passes.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace mlir::tconv;
using ::tconv::Error;
using ::tconv::Result;
using ::tconv::Status;

static constexpr StageInfo inputStage = {Stage::Input, "input", "The IR as it was written.",
                                         [](OpPassManager &, const PipelineOptions &) {}};
static constexpr StageInfo raisedStage = {
    Stage::Raised, "raised", "Layers of linalg, TOSA, StableHLO and torch are tconv's.",
    buildRaisedStage};
static constexpr StageInfo decomposedStage = {
    Stage::Decomposed, "decomposed",
    "Layers are linalg convolutions on tensors, or kernels with a schedule.", buildDecomposedStage};
static constexpr StageInfo bufferizedStage = {Stage::Bufferized, "bufferized",
                                              "Buffers have taken the place of tensors.",
                                              buildBufferizedStage};

static constexpr StageInfo cpuStages[] = {
    inputStage,
    raisedStage,
    decomposedStage,
    {Stage::Tiled, "tiled",
     "Convolutions stand in parallel loops over tiles, contiguous dimension innermost.",
     buildTiledStage},
    bufferizedStage,
    {Stage::Loops, "loops", "Loops load, multiply, add and store; no linalg op is left.",
     buildLoopsStage},
    {Stage::LLVM, "llvm", "Everything is in the LLVM dialect, ready to be compiled.",
     buildLLVMStage}};

static constexpr StageInfo cudaStages[] = {
    inputStage,
    raisedStage,
    decomposedStage,
    bufferizedStage,
    {Stage::Launches, "launches", "Loops are launches: tiles for blocks, elements for threads.",
     buildLaunchesStage},
    {Stage::Outlined, "outlined", "Kernels stand in GPU modules; functions launch them.",
     buildOutlinedStage},
    {Stage::NVVM, "nvvm", "Kernels are in the LLVM and NVVM dialects, functions in LLVM's.",
     buildNVVMStage},
    {Stage::PTX, "ptx", "Kernels are PTX text.", buildPTXStage}};

ArrayRef<StageInfo> mlir::tconv::getStages(Target target) {
  if (target == Target::Cuda)
    return cudaStages;
  return cpuStages;
}

std::optional<Stage> mlir::tconv::symbolizeStage(StringRef name, Target target) {
  for (const StageInfo &info : getStages(target))
    if (info.name == name)
      return info.stage;
  return std::nullopt;
}

StringRef mlir::tconv::stringifyStage(Stage stage) {
  for (Target target : {Target::Cpu, Target::Cuda})
    for (const StageInfo &info : getStages(target))
      if (info.stage == stage)
        return info.name;
  llvm_unreachable("a stage that no target has");
}

static std::string listNames(Target target) {
  return llvm::join(llvm::map_range(getStages(target), [](auto &info) { return info.name; }), ", ");
}

StringRef mlir::tconv::describeStopAfter() {
  static const std::string text = "The last stage that is run (cpu: " + listNames(Target::Cpu) +
                                  "; cuda: " + listNames(Target::Cuda) +
                                  "; default: the target's last)";
  return text;
}

/// The place of a stage among those of the target.
static Result<size_t> findStage(Target target, StringRef option, StringRef name) {
  for (auto [index, info] : llvm::enumerate(getStages(target)))
    if (info.name == name)
      return index;
  return Error{"expected a stage of the target " +
               std::string(target == Target::Cuda ? "cuda" : "cpu") + " after " + option.str() +
               "=, got '" + name.str() + "' (stages: " + listNames(target) + ")"};
}

Result<ArrayRef<StageInfo>> mlir::tconv::getStagesToRun(const PipelineOptions &options) {
  ArrayRef<StageInfo> stages = getStages(options.target);
  Result<size_t> first = findStage(options.target, "start-after", options.startAfter);
  if (!first)
    return first.error();
  if (options.stopAfter.empty())
    return stages.drop_front(*first + 1);
  Result<size_t> last = findStage(options.target, "stop-after", options.stopAfter);
  if (!last)
    return last.error();
  if (*last < *first)
    return Error{"expected " + options.startAfter +
                 ", which start-after names, or a later stage "
                 "after stop-after=, got '" +
                 options.stopAfter + "'"};
  return stages.slice(*first + 1, *last - *first);
}

Status mlir::tconv::buildPipeline(OpPassManager &pm, const PipelineOptions &options) {
  Result<ArrayRef<StageInfo>> stages = getStagesToRun(options);
  if (!stages)
    return stages.error();
  for (const StageInfo &info : *stages)
    info.build(pm, options);
  return ::tconv::success();
}

static constexpr llvm::cl::OptionEnumValue algorithms[] = {
    clEnumValN(Algorithm::Auto, "auto", "kernels where there are some, otherwise phases (default)"),
    clEnumValN(Algorithm::Direct, "direct", "the same without transforms of the sums"),
    clEnumValN(Algorithm::ZeroInsertion, "zero-insertion",
               "zeros between the input's elements, and one convolution"),
    clEnumValN(Algorithm::Phases, "phases", "one convolution for each phase")};

llvm::cl::ValuesClass mlir::tconv::getAlgorithmValues() {
  static_assert(std::size(algorithms) == 4);
  return llvm::cl::values(algorithms[0], algorithms[1], algorithms[2], algorithms[3]);
}

std::optional<Algorithm> mlir::tconv::symbolizeAlgorithm(StringRef name) {
  for (const llvm::cl::OptionEnumValue &value : algorithms)
    if (value.Name == name)
      return static_cast<Algorithm>(value.Value);
  return std::nullopt;
}

void mlir::tconv::cleanUp(OpPassManager &pm) {
  // The first forgets the strides of an insert_slice of a tensor.pad (as of LLVM 22.1); the second
  // makes a vector of several dimensions of its elements, which has no lowering by then.
  SmallVector<std::string> wrong{"(anonymous namespace)::FoldInsertPadIntoFill",
                                 "(anonymous namespace)::InsertChainFullyInitialized"};
  pm.addPass(createCanonicalizerPass(GreedyRewriteConfig(), wrong));
  pm.addPass(createCSEPass());
}

/// As PassPipelineRegistration, which has no way to refuse options that contradict each other.
void mlir::tconv::registerPipelines() {
  registerPassPipeline(
      "tconv-pipeline",
      "Compile transposed convolutions, stage by stage, to the LLVM dialect or to PTX",
      [](OpPassManager &pm, StringRef text,
         function_ref<LogicalResult(const Twine &)> emitError) -> LogicalResult {
        PipelineOptions options;
        if (failed(options.parseFromString(text)))
          return failure();
        Status status = buildPipeline(pm, options);
        return status ? success() : emitError("tconv-pipeline: " + status.message());
      },
      [](function_ref<void(const detail::PassOptions &)> handle) { handle(PipelineOptions()); });
}
