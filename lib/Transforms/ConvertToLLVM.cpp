//===- ConvertToLLVM.cpp - The tconv dialect in the LLVM dialect -----------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   tconv.parallel_call @body(%a, %b) tasks %count : index, f32
//
// becomes
//
//   %context = llvm.alloca %one x !llvm.struct<(i64, f32)>   (in the entry block)
//   llvm.store %a, ...
//   llvm.store %b, ...
//   %thunk = llvm.mlir.addressof @body_thunk : !llvm.ptr
//   llvm.call @tconvParallelFor(%thunk, %context, %count) : (!llvm.ptr, !llvm.ptr, i64) -> ()
//   ...
// llvm.func internal @body_thunk(%context: !llvm.ptr, %begin: i64, %end: i64) {
//   %a = llvm.load ...
//   %b = llvm.load ...
//   llvm.call @body(%a, %b, %begin, %end) : (i64, f32, i64, i64) -> ()
//
// Test: test/Transforms/convert-to-llvm.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/ConvertToLLVM.h"

#include "tconv/IR/TconvOps.h"
#include "tconv/Transforms/RuntimeFunctions.h"

#include "mlir/Conversion/ConvertToLLVM/ToLLVMInterface.h"
#include "mlir/Conversion/LLVMCommon/Pattern.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// A name that nothing in the module has yet.
std::string findFreeName(ModuleOp module, StringRef base) {
  std::string name = base.str();
  for (unsigned number = 0; module.lookupSymbol(name); ++number)
    name = (base + "_" + Twine(number)).str();
  return name;
}

/// The entry block of the function around an operation: what is allocated there is
/// allocated once, and can be promoted to registers.
Block &findEntryBlock(Operation *op) {
  Region *region = op->getParentRegion();
  while (!isa<FunctionOpInterface>(region->getParentOp()) && region->getParentRegion())
    region = region->getParentRegion();
  return region->front();
}

Value getField(OpBuilder &builder, Location loc, Type context, Value pointer, size_t index) {
  return LLVM::GEPOp::create(builder, loc, pointer.getType(), context, pointer,
                             ArrayRef<LLVM::GEPArg>{0, static_cast<int32_t>(index)});
}

struct ParallelCallLowering : ConvertOpToLLVMPattern<ParallelCallOp> {
  using ConvertOpToLLVMPattern::ConvertOpToLLVMPattern;

  LogicalResult matchAndRewrite(ParallelCallOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &rewriter) const override {
    auto module = op->getParentOfType<ModuleOp>();
    auto context = LLVM::LLVMStructType::getLiteral(
        getContext(), llvm::to_vector(adaptor.getCaptured().getTypes()));
    LLVM::LLVMFuncOp thunk = createThunk(op, module, context, rewriter);
    Value pointer = storeContext(op, adaptor.getCaptured(), context, rewriter);
    Value body = LLVM::AddressOfOp::create(rewriter, op.getLoc(), thunk);
    LLVM::LLVMFuncOp parallelFor = getOrDeclare(module, RuntimeFunction::ParallelFor);
    rewriter.replaceOpWithNewOp<LLVM::CallOp>(op, parallelFor,
                                              ValueRange{body, pointer, adaptor.getCount()});
    return success();
  }

private:
  /// A buffer of the stack that holds the captured values.
  Value storeContext(ParallelCallOp op, ValueRange values, Type context, OpBuilder &builder) const {
    Location loc = op.getLoc();
    Type pointerType = LLVM::LLVMPointerType::get(getContext());
    if (values.empty())
      return LLVM::ZeroOp::create(builder, loc, pointerType);
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(&findEntryBlock(op));
    Value one = LLVM::ConstantOp::create(builder, loc, builder.getI64Type(), 1);
    Value pointer = LLVM::AllocaOp::create(builder, loc, pointerType, context, one);
    builder.setInsertionPoint(op);
    for (auto [index, value] : llvm::enumerate(values))
      LLVM::StoreOp::create(builder, loc, value, getField(builder, loc, context, pointer, index));
    return pointer;
  }

  /// The function of C's type that the runtime calls.
  LLVM::LLVMFuncOp createThunk(ParallelCallOp op, ModuleOp module, LLVM::LLVMStructType context,
                               OpBuilder &builder) const {
    Location loc = op.getLoc();
    Type pointer = LLVM::LLVMPointerType::get(getContext()), size = builder.getI64Type();
    auto type =
        LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(getContext()), {pointer, size, size});
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToEnd(module.getBody());
    auto thunk = LLVM::LLVMFuncOp::create(builder, loc,
                                          findFreeName(module, (op.getCallee() + "_thunk").str()),
                                          type, LLVM::Linkage::Internal);
    Block *entry = thunk.addEntryBlock(builder);
    builder.setInsertionPointToStart(entry);
    SmallVector<Value> values;
    for (auto [index, field] : llvm::enumerate(context.getBody())) {
      Value address = getField(builder, loc, context, entry->getArgument(0), index);
      values.push_back(LLVM::LoadOp::create(builder, loc, field, address));
    }
    // A memref is several arguments of a function.
    SmallVector<Value> arguments(
        getTypeConverter()->promoteOperands(loc, op.getCaptured(), ValueRange(values), builder));
    llvm::append_range(arguments, entry->getArguments().drop_front());
    LLVM::CallOp::create(builder, loc, TypeRange(), op.getCalleeAttr(), arguments);
    LLVM::ReturnOp::create(builder, loc, ValueRange());
    return thunk;
  }
};

struct TconvToLLVMInterface : ConvertToLLVMPatternInterface {
  using ConvertToLLVMPatternInterface::ConvertToLLVMPatternInterface;

  void populateConvertToLLVMConversionPatterns(ConversionTarget &target,
                                               LLVMTypeConverter &typeConverter,
                                               RewritePatternSet &patterns) const final {
    target.addIllegalOp<ParallelCallOp>();
    patterns.add<ParallelCallLowering>(typeConverter);
  }
};

} // namespace

void mlir::tconv::registerConvertToLLVMInterface(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, TconvDialect *dialect) {
    dialect->addInterfaces<TconvToLLVMInterface>();
  });
}
