// Prints the output size of a layer, then parses and prints IR with the operation.
#include "OutputSize.h"

#include "tconv/InitAll.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/raw_ostream.h"

static constexpr char source[] = R"mlir(
func.func @main(%x: tensor<1x1x4x4xf32>, %w: tensor<1x1x4x4xf32>) -> tensor<1x1x8x8xf32> {
  %y = "tconv.conv_transpose"(%x, %w) <{
    stride = array<i64: 2, 2>, dilation = array<i64: 1, 1>,
    padding_begin = array<i64: 1, 1>, padding_end = array<i64: 1, 1>,
    output_padding = array<i64: 0, 0>, groups = 1 : i64,
    layout = #tconv.layout<channels_first>
  }> : (tensor<1x1x4x4xf32>, tensor<1x1x4x4xf32>) -> tensor<1x1x8x8xf32>
  return %y : tensor<1x1x8x8xf32>
}
)mlir";

int main() {
  if (!printOutputSize())
    return 1;

  mlir::DialectRegistry registry;
  mlir::tconv::registerAllDialects(registry);
  mlir::MLIRContext context(registry);
  mlir::OwningOpRef<mlir::ModuleOp> module =
      mlir::parseSourceString<mlir::ModuleOp>(source, &context);
  if (!module)
    return 1;
  module->print(llvm::outs());
  return 0;
}
