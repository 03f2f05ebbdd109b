//===- EntryPoint.cpp - What a function takes and gives -------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Entry/EntryPoint.h"

#include "tconv/HostTensor/Npy.h"
#include "tconv/HostTensor/Random.h"
#include "tconv/IR/ElementTypes.h"
#include "tconv/IR/Signature.h"
#include "tconv/IR/TconvDialect.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/Support/raw_ostream.h"

using namespace tconv;

namespace {

std::string str(mlir::Type type) {
  std::string text;
  llvm::raw_string_ostream(text) << type;
  return text;
}

/// A tensor type or, if allowed, that of a buffer in C order.
mlir::ShapedType tensorTypeOf(mlir::Type type, bool allowsBuffers) {
  if (auto tensor = llvm::dyn_cast<mlir::RankedTensorType>(type))
    return tensor;
  auto buffer = llvm::dyn_cast<mlir::MemRefType>(type);
  return allowsBuffers && buffer && buffer.getLayout().isIdentity() ? buffer : nullptr;
}

Result<TensorSpec> specOf(mlir::Type type, const std::string &what, bool allowsBuffers) {
  mlir::ShapedType tensor = tensorTypeOf(type, allowsBuffers);
  if (!tensor)
    return Error{"expected a ranked tensor as " + what + ", got " + str(type), true};
  auto elementType = mlir::tconv::elementTypeOf(tensor.getElementType());
  if (!elementType)
    return Error{"expected elements of f64, f32, f16, bf16, i64, i32, i16, i8 or i1 in " + what +
                     ", got " + str(type),
                 true};
  return TensorSpec{*elementType, std::vector<int64_t>(tensor.getShape())};
}

Result<std::vector<TensorSpec>> specsOf(mlir::TypeRange types, const std::string &what,
                                        bool allowsBuffers) {
  std::vector<TensorSpec> specs;
  for (auto [index, type] : llvm::enumerate(types)) {
    Result<TensorSpec> spec = specOf(type, what + " " + std::to_string(index), allowsBuffers);
    if (!spec)
      return spec.error();
    specs.push_back(std::move(*spec));
  }
  return specs;
}

Status checkTensors(const EntryPoint &entry, const std::string &what,
                    const std::vector<TensorSpec> &specs, const std::vector<HostTensor> &tensors) {
  if (tensors.size() != specs.size())
    return Error{"expected " + std::to_string(specs.size()) + " " + what + "s of @" + entry.name +
                 ", got " + std::to_string(tensors.size())};
  for (size_t index = 0; index < tensors.size(); ++index)
    if (!specs[index].accepts(tensors[index]))
      return Error{"expected " + specs[index].str() + " as " + what + " " + std::to_string(index) +
                   " of @" + entry.name + ", got " + tensors[index].typeString()};
  return success();
}

} // namespace

bool EntryPoint::takesOutputs() const {
  return !returnsBuffers && !results.empty() &&
         llvm::all_of(results, [](auto &spec) { return spec.isStatic(); });
}

Result<EntryPoint> EntryPoint::of(mlir::FunctionOpInterface function) {
  bool isRecorded = mlir::tconv::hasRecordedSignature(function);
  bool launches = !isRecorded && launchesKernels(function->getParentOfType<mlir::ModuleOp>());
  mlir::FunctionType type = mlir::tconv::getSignature(function);
  auto inputs = specsOf(type.getInputs(), "argument", launches || isRecorded);
  if (!inputs)
    return inputs.error();
  auto results = specsOf(type.getResults(), "result", launches || isRecorded);
  if (!results)
    return results.error();
  return EntryPoint{function.getName().str(), std::move(*inputs), std::move(*results), launches};
}

bool tconv::launchesKernels(mlir::ModuleOp module) {
  auto find = [](mlir::gpu::LaunchFuncOp) { return mlir::WalkResult::interrupt(); };
  return module.walk(find).wasInterrupted();
}

Result<std::vector<HostTensor>> tconv::allocateOutputs(const EntryPoint &entry) {
  std::vector<HostTensor> outputs;
  for (const TensorSpec &spec : entry.results) {
    if (!entry.takesOutputs()) {
      outputs.emplace_back();
      continue;
    }
    Result<HostTensor> tensor = HostTensor::allocate(spec.type, spec.shape);
    if (!tensor)
      return tensor.error();
    outputs.push_back(std::move(*tensor));
  }
  return outputs;
}

Result<std::vector<HostTensor>> tconv::allocatePacked(const std::vector<int64_t> &bytes) {
  std::vector<HostTensor> packed;
  for (int64_t size : bytes) {
    Result<HostTensor> tensor = HostTensor::allocate(ElementType::I8, {size});
    if (!tensor)
      return tensor.error();
    packed.push_back(std::move(*tensor));
  }
  return packed;
}

namespace {

/// Whether a function is no entry, but packs the filters of one.
bool packsFilters(mlir::FunctionOpInterface function) {
  return function->hasAttr(mlir::tconv::TconvDialect::kPackedBytesAttrName);
}

/// The functions with a body that have a name, or are visible if none is given.
std::vector<mlir::FunctionOpInterface> findCandidates(mlir::ModuleOp module,
                                                      const std::string &name) {
  std::vector<mlir::FunctionOpInterface> candidates;
  for (auto function : module.getOps<mlir::FunctionOpInterface>()) {
    bool isLowered = mlir::tconv::hasRecordedSignature(function) &&
                     !function.getName().starts_with(cInterfacePrefix);
    bool isEntry = llvm::isa<mlir::func::FuncOp>(*function) || isLowered;
    if (isEntry && !function.isExternal() && !packsFilters(function) &&
        (name.empty() ? function.isPublic() : function.getName() == name))
      candidates.push_back(function);
  }
  return candidates;
}

Result<mlir::FunctionOpInterface> findFunction(mlir::ModuleOp module, const std::string &name) {
  std::vector<mlir::FunctionOpInterface> candidates = findCandidates(module, name);
  if (candidates.size() == 1)
    return candidates.front();
  for (mlir::FunctionOpInterface function : candidates)
    if (function.getName() == "main")
      return function;
  if (!name.empty())
    return Error{"expected a function @" + name + " with a body to run, found none"};
  if (candidates.empty())
    return Error{"expected a public function with a body to run, found none"};
  std::string names;
  for (mlir::FunctionOpInterface function : candidates)
    names += (names.empty() ? "@" : ", @") + function.getName().str();
  return Error{"expected an entry function, @main or one chosen by --entry, found " + names};
}

} // namespace

Result<EntryFunction> tconv::findEntryOfAnyStage(mlir::ModuleOp module, const std::string &name) {
  Result<mlir::FunctionOpInterface> function = findFunction(module, name);
  if (!function)
    return function.error();
  Result<EntryPoint> entry = EntryPoint::of(*function);
  if (!entry)
    return entry.error();
  auto constants = mlir::tconv::getConstantInputs(*function);
  return EntryFunction{module, *function, std::move(*entry), {constants.begin(), constants.end()}};
}

Result<EntryFunction> tconv::findEntry(mlir::ModuleOp module, const std::string &name) {
  Result<EntryFunction> entry = findEntryOfAnyStage(module, name);
  if (!entry || entry->asFunc())
    return entry;
  return Error{"expected @" + entry->entry.name + " as a func.func, got one that is lowered to " +
               entry->function->getName().getStringRef().str()};
}

EntryFunction EntryFunction::copyTo(mlir::OwningOpRef<mlir::ModuleOp> &copy) const {
  mlir::IRMapping copies;
  mlir::ModuleOp original = module;
  copy = llvm::cast<mlir::ModuleOp>(original->clone(copies));
  mlir::FunctionOpInterface named = function;
  auto copied = llvm::cast<mlir::FunctionOpInterface>(copies.lookup(named.getOperation()));
  return {*copy, copied, entry, packInputs};
}

mlir::func::FuncOp EntryFunction::asFunc() const {
  mlir::FunctionOpInterface named = function;
  return llvm::dyn_cast<mlir::func::FuncOp>(named.getOperation());
}

mlir::func::FuncOp EntryFunction::onTensors() const {
  if (entry.returnsBuffers || mlir::tconv::hasRecordedSignature(function))
    return nullptr;
  return asFunc();
}

Status tconv::checkInputs(const EntryPoint &entry, const std::vector<HostTensor> &inputs) {
  return checkTensors(entry, "input", entry.inputs, inputs);
}

Status tconv::checkInputFiles(const EntryPoint &entry, const std::vector<HostTensor> &inputs,
                              const std::vector<std::string> &paths) {
  Status status = checkInputs(entry, inputs);
  // What is wrong with their number is no file's fault.
  for (size_t i = 0; i < paths.size() && paths.size() == entry.inputs.size(); ++i) {
    const TensorSpec &spec = entry.inputs[i];
    if (spec.accepts(inputs[i]))
      continue;
    bool isOther = spec.type != inputs[i].type();
    return Error{
        paths[i] + ": " + status.message() +
        (isOther ? "; of an array a, numpy makes one that fits by " + numpyCast(spec.type) : "")};
  }
  return status;
}

Status tconv::checkOutputs(const EntryPoint &entry, const std::vector<HostTensor> &outputs) {
  return checkTensors(entry, "output", entry.results, outputs);
}

Result<std::vector<HostTensor>> tconv::randomInputs(const EntryPoint &entry, uint64_t seed) {
  std::vector<HostTensor> inputs;
  for (auto [index, spec] : llvm::enumerate(entry.inputs)) {
    if (!spec.isStatic())
      return Error{"expected an --input for each argument of @" + entry.name + ", since argument " +
                   std::to_string(index) + " has dynamic sizes: " + spec.str()};
    Result<HostTensor> tensor = HostTensor::allocate(spec.type, spec.shape);
    if (!tensor)
      return tensor.error();
    fillRandom(*tensor, seed + index);
    inputs.push_back(std::move(*tensor));
  }
  return inputs;
}
