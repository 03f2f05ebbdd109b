//===- PTX.td - Passes of the stage ptx --------------------*- tablegen -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

include "mlir/Pass/PassBase.td"

def AttachGpuTargetPass : Pass<"tconv-attach-gpu-target", "ModuleOp"> {
  let summary = "Say which GPU the kernels are compiled for";
  let description = [{
    Gives each `gpu.module` an `#nvvm.target` for the architecture, in place of those that it
    has, with the version of PTX that the architecture's instructions need: upstream's default
    is so old that code generation for newer ones aborts.

    Requires: nothing.

    Guarantees: each GPU module has one target. An architecture that is not known is an error.

    ```mlir
    gpu.module @kernels { ... }
    ```

    becomes

    ```mlir
    gpu.module @kernels [#nvvm.target<O = 3, chip = "sm_90", features = "+ptx80">] { ... }
    ```
  }];
  let options = [Option<"arch", "arch", "std::string", /*default=*/"\"sm_80\"",
                        "The architecture, like sm_80 or sm_90a">];
  let dependentDialects = ["NVVM::NVVMDialect"];
}
