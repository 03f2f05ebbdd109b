// RUN: tconv-opt %s -tconv-name-kernels | FileCheck %s

// CHECK-LABEL: func.func @f
// CHECK: gpu.launch {{.*}} module(@kernels) function(@f_loop_0)
// CHECK: gpu.launch {{.*}} module(@kernels) function(@f_kernel_1)
func.func @f(%n: index) {
  gpu.launch blocks(%bx, %by, %bz) in (%gx = %n, %gy = %n, %gz = %n)
             threads(%tx, %ty, %tz) in (%sx = %n, %sy = %n, %sz = %n) function(@loop) {
    gpu.terminator
  }
  gpu.launch blocks(%bx, %by, %bz) in (%gx = %n, %gy = %n, %gz = %n)
             threads(%tx, %ty, %tz) in (%sx = %n, %sy = %n, %sz = %n) {
    gpu.terminator
  }
  return
}

// Numbers go on, so that functions whose names differ in what PTX does not allow are no trouble.
// CHECK: gpu.launch {{.*}} module(@kernels) function(@f_1_loop_2)
func.func @"f.1"(%n: index) {
  gpu.launch blocks(%bx, %by, %bz) in (%gx = %n, %gy = %n, %gz = %n)
             threads(%tx, %ty, %tz) in (%sx = %n, %sy = %n, %sz = %n) function(@loop) {
    gpu.terminator
  }
  return
}
