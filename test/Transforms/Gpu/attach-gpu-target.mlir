// RUN: tconv-opt %s --tconv-attach-gpu-target | FileCheck %s --check-prefix=DEFAULT
// RUN: tconv-opt %s --tconv-attach-gpu-target=arch=sm_90a | FileCheck %s
// RUN: not tconv-opt %s --tconv-attach-gpu-target=arch=sm_70 2>&1 | FileCheck %s --check-prefix=ERR

// Upstream's default version of PTX lacks the instructions of sm_90a, and aborts.
// DEFAULT: gpu.module @kernels [#nvvm.target<O = 3, chip = "sm_80", features = "+ptx80">]
// CHECK: gpu.module @kernels [#nvvm.target<O = 3, chip = "sm_90a", features = "+ptx86">]
// ERR: error: expected sm_NN[a] of at least sm_80, such as {{.*}}, got 'sm_70'
gpu.module @kernels [#nvvm.target<chip = "sm_50">] {
}
