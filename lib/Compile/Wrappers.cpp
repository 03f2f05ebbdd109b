//===- Wrappers.cpp - The layer's functions, with C's types ---------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   int layer_run(const float *x, const void *packed, float *y) {
//     tconvArtefactBegin();
//     if (x == NULL) {
//       tconvArtefactFail("layer_run: expected the address of x, got NULL");
//       return tconvArtefactEnd();
//     }
//     ...
//     layer(x, x, 0, sizes and strides of x, ..., y, y, 0, sizes and strides of y);
//     return tconvArtefactEnd();
//   }
//
// where the function called is what MLIR has made of the module's.
//
//===----------------------------------------------------------------------===//

#include "Wrappers.h"

#include "tconv/Device/Program.h"

#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/Local.h"

using namespace tconv;

namespace {

/// A C function in the making.
class Wrapper {
public:
  Wrapper(llvm::Module &module, const std::string &name,
          const std::vector<std::string> &parameters);

  llvm::Value *parameter(const std::string &name) { return parameters.lookup(name); }
  llvm::Value *field(llvm::Value *buffer, int64_t offset) {
    return offset ? builder.CreateConstGEP1_64(builder.getInt8Ty(), buffer, offset) : buffer;
  }
  /// Returns 1, with a message, if an address is null.
  void check(llvm::Value *address, const std::string &name);
  void copy(llvm::Value *to, llvm::Value *from, int64_t bytes) {
    builder.CreateMemCpy(to, llvm::MaybeAlign(1), from, llvm::MaybeAlign(1), bytes);
  }
  /// Adds a contiguous tensor to the arguments of the next call.
  void addTensor(llvm::Value *address, llvm::ArrayRef<int64_t> shape);
  void call(llvm::Function *callee) {
    builder.CreateCall(callee, arguments);
    arguments.clear();
  }
  void end() { builder.CreateRet(callRuntime("tconvArtefactEnd", builder.getInt32Ty(), {})); }

private:
  llvm::Value *callRuntime(llvm::StringRef name, llvm::Type *result,
                           llvm::ArrayRef<llvm::Value *> operands);

  llvm::Module &module;
  llvm::IRBuilder<> builder;
  llvm::Function *function;
  llvm::StringMap<llvm::Value *> parameters;
  llvm::SmallVector<llvm::Value *> arguments;
};

Wrapper::Wrapper(llvm::Module &module, const std::string &name,
                 const std::vector<std::string> &names)
    : module(module), builder(module.getContext()) {
  llvm::SmallVector<llvm::Type *> types(names.size(), builder.getPtrTy());
  auto *type = llvm::FunctionType::get(builder.getInt32Ty(), types, false);
  function = llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, name, module);
  for (auto [parameter, argument] : llvm::zip(names, function->args())) {
    argument.setName(parameter);
    parameters[parameter] = &argument;
  }
  builder.SetInsertPoint(llvm::BasicBlock::Create(module.getContext(), "entry", function));
  callRuntime("tconvArtefactBegin", builder.getVoidTy(), {});
}

llvm::Value *Wrapper::callRuntime(llvm::StringRef name, llvm::Type *result,
                                  llvm::ArrayRef<llvm::Value *> operands) {
  llvm::SmallVector<llvm::Type *> types;
  for (llvm::Value *operand : operands)
    types.push_back(operand->getType());
  auto callee = module.getOrInsertFunction(name, llvm::FunctionType::get(result, types, false));
  return builder.CreateCall(callee, operands);
}

void Wrapper::check(llvm::Value *address, const std::string &name) {
  llvm::LLVMContext &context = module.getContext();
  auto *null = llvm::BasicBlock::Create(context, "null", function);
  auto *good = llvm::BasicBlock::Create(context, "good", function);
  builder.CreateCondBr(builder.CreateIsNull(address), null, good);
  builder.SetInsertPoint(null);
  std::string message =
      function->getName().str() + ": expected the address of " + name + ", got NULL";
  callRuntime("tconvArtefactFail", builder.getVoidTy(), {builder.CreateGlobalString(message)});
  end();
  builder.SetInsertPoint(good);
}

void Wrapper::addTensor(llvm::Value *address, llvm::ArrayRef<int64_t> shape) {
  llvm::append_range(arguments,
                     std::initializer_list<llvm::Value *>{address, address, builder.getInt64(0)});
  for (int64_t size : shape)
    arguments.push_back(builder.getInt64(size));
  for (size_t dim = 0; dim < shape.size(); ++dim) {
    int64_t stride = 1;
    for (int64_t size : shape.drop_front(dim + 1))
      stride *= size;
    arguments.push_back(builder.getInt64(stride));
  }
}

/// The inputs that a function still reads: those marked constant may be read by the
/// pack function only.
std::vector<size_t> findCopied(llvm::Function &function, const CInterface &interface) {
  for (llvm::BasicBlock &block : function)
    for (llvm::Instruction &instruction : llvm::make_early_inc_range(llvm::reverse(block)))
      llvm::RecursivelyDeleteTriviallyDeadInstructions(&instruction);
  std::vector<size_t> copied;
  unsigned position = 0;
  for (auto [index, input] : llvm::enumerate(interface.inputs)) {
    if (input.constant && !function.getArg(position + 1)->use_empty())
      copied.push_back(index);
    position += numDescriptorWords(input.spec.shape.size());
  }
  return copied;
}

void addPackedBytesFunction(llvm::Module &module, const std::string &name, int64_t bytes) {
  llvm::IRBuilder<> builder(module.getContext());
  auto *type = llvm::FunctionType::get(builder.getInt64Ty(), false);
  auto *function = llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, name, module);
  builder.SetInsertPoint(llvm::BasicBlock::Create(module.getContext(), "entry", function));
  builder.CreateRet(builder.getInt64(bytes));
}

/// A tensor without elements has no address that would matter.
void checkTensor(Wrapper &wrapper, const CTensor &tensor) {
  if (tensor.bytes() > 0)
    wrapper.check(wrapper.parameter(tensor.name), tensor.name);
}

void addPack(TranslatedModule &module, llvm::Function *function, const CInterface &interface,
             const PackedBuffer &packed) {
  std::vector<std::string> names;
  for (const CTensor &input : interface.inputs)
    if (input.constant)
      names.push_back(input.name);
  names.push_back("packed");
  Wrapper wrapper(*module.code, interface.prefix + "_pack", names);
  for (const CTensor &input : interface.inputs)
    if (input.constant)
      checkTensor(wrapper, input);
  llvm::Value *buffer = wrapper.parameter("packed");
  if (packed.bytes > 0)
    wrapper.check(buffer, "packed");
  for (auto [input, offset] : packed.inputs) {
    const CTensor &tensor = interface.inputs[input];
    wrapper.copy(wrapper.field(buffer, offset), wrapper.parameter(tensor.name), tensor.bytes());
  }
  if (!packed.filters.empty()) {
    for (const CTensor &input : interface.inputs)
      if (input.constant)
        wrapper.addTensor(wrapper.parameter(input.name), input.spec.shape);
    for (auto [offset, bytes] : llvm::zip(packed.filters, module.packedBytes))
      wrapper.addTensor(wrapper.field(buffer, offset), bytes);
    wrapper.call(function);
  }
  wrapper.end();
}

/// The packed buffer takes the place of the first constant input.
std::vector<std::string> runParameters(const CInterface &interface) {
  std::vector<std::string> names;
  bool packed = false;
  for (const CTensor &input : interface.inputs) {
    if (!input.constant)
      names.push_back(input.name);
    else if (!std::exchange(packed, true))
      names.push_back("packed");
  }
  for (const CTensor &result : interface.results)
    names.push_back(result.name);
  return names;
}

void addRun(TranslatedModule &module, llvm::Function *function, const CInterface &interface,
            const PackedBuffer &packed) {
  Wrapper wrapper(*module.code, interface.prefix + "_run", runParameters(interface));
  llvm::Value *buffer = wrapper.parameter("packed");
  for (const CTensor &input : interface.inputs)
    if (!input.constant)
      checkTensor(wrapper, input);
  if (packed.bytes > 0)
    wrapper.check(buffer, "packed");
  for (const CTensor &result : interface.results)
    checkTensor(wrapper, result);
  auto copied = llvm::map_to_vector(packed.inputs, [](auto &copy) { return copy; });
  for (auto [index, input] : llvm::enumerate(interface.inputs)) {
    auto *copy = llvm::find_if(copied, [index = index](auto &copy) { return copy.first == index; });
    // A constant input that is not read may be any address.
    llvm::Value *address = !input.constant        ? wrapper.parameter(input.name)
                           : copy == copied.end() ? buffer
                                                  : wrapper.field(buffer, copy->second);
    wrapper.addTensor(address, input.spec.shape);
  }
  for (auto [offset, bytes] : llvm::zip(packed.filters, module.packedBytes))
    wrapper.addTensor(wrapper.field(buffer, offset), bytes);
  for (const CTensor &result : interface.results)
    wrapper.addTensor(wrapper.parameter(result.name), result.spec.shape);
  wrapper.call(function);
  wrapper.end();
}

} // namespace

PackedBuffer tconv::addWrappers(TranslatedModule &module, const CInterface &interface) {
  llvm::Function *entry = module.code->getFunction(interface.entry);
  assert(entry && "lowering keeps public functions");
  PackedBuffer packed =
      PackedBuffer::of(interface, module.packedBytes, findCopied(*entry, interface));
  llvm::Function *pack = module.code->getFunction(module.packFunction);
  hideFunctions(*module.code, {});
  addPackedBytesFunction(*module.code, interface.prefix + "_packed_bytes", packed.bytes);
  if (interface.hasConstants())
    addPack(module, pack, interface, packed);
  addRun(module, entry, interface, packed);
  return packed;
}
