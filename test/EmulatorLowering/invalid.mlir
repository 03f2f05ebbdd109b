// RUN: tconv-opt %s -tconv-lower-to-emulator -split-input-file -verify-diagnostics

gpu.module @unknown_op {
  llvm.func @f() attributes {nvvm.kernel} {
    // expected-error @+1 {{the emulator has no operation 'nvvm.tcgen05.relinquish_alloc_permit'}}
    nvvm.tcgen05.relinquish_alloc_permit
    // Each is named, not only the first one.
    // expected-error @+1 {{the emulator has no operation 'nvvm.tcgen05.fence'}}
    nvvm.tcgen05.fence #nvvm.tcgen05_fence<before>
    llvm.return
  }
}

// -----

gpu.module @unknown_register {
  llvm.func @f() attributes {nvvm.kernel} {
    // expected-error @+1 {{the emulator has no operation 'nvvm.read.ptx.sreg.envreg0'}}
    %0 = nvvm.read.ptx.sreg.envreg0 : i32
    llvm.return
  }
}

// -----

gpu.module @unknown_function {
  llvm.func @missing(i32) -> i32
  llvm.func @__nv_missing(i32) -> i32
  llvm.func @f(%i: i32) attributes {nvvm.kernel} {
    // expected-error @+1 {{the emulator has no function 'missing'}}
    %0 = llvm.call @missing(%i) : (i32) -> i32
    // expected-error @+1 {{the emulator has no function '__nv_missing'}}
    %1 = llvm.call @__nv_missing(%i) : (i32) -> i32
    llvm.return
  }
}

// -----

gpu.module @call_by_address {
  llvm.func @f(%g: !llvm.ptr) attributes {nvvm.kernel} {
    // expected-error @+1 {{the emulator has no calls of functions by address}}
    llvm.call %g() : !llvm.ptr, () -> ()
    llvm.return
  }
}

// -----

gpu.module @unknown_intrinsic {
  llvm.func @f() attributes {nvvm.kernel} {
    // expected-error @+1 {{the emulator has no operation 'llvm.call_intrinsic' of 'llvm.nvvm.nothing'}}
    %0 = llvm.call_intrinsic "llvm.nvvm.nothing"() : () -> i32
    llvm.return
  }
}

// -----

gpu.module @unknown_variants {
  llvm.func @f(%f: f32, %i: i32, %p: !llvm.ptr<3>) attributes {nvvm.kernel} {
    // expected-error @+1 {{the emulator has no operation 'nvvm.convert.float.to.tf32' with saturation or relu}}
    %0 = nvvm.convert.float.to.tf32 %f {rnd = #nvvm.fp_rnd_mode<rn>, relu = true}
    // expected-error @+1 {{the emulator has no operation 'nvvm.redux.sync' of floats}}
    %1 = nvvm.redux.sync fmin %f, %i : f32 -> f32
    // expected-error @+1 {{the emulator has no operation 'nvvm.prmt' but for the default mode}}
    %2 = nvvm.prmt <f4e> %i, %i, %i : i32
    // expected-error @+1 {{the emulator has no operation 'nvvm.convert.f32x2.to.f16x2' but for rn without saturation and relu}}
    %3 = nvvm.convert.f32x2.to.f16x2 %f, %f {rnd = #nvvm.fp_rnd_mode<rz>} : vector<2xf16>
    // expected-error @+1 {{the emulator has no operation 'nvvm.stmatrix' of this shape and type}}
    nvvm.stmatrix %p, %i {layout = #nvvm.mma_layout<col>, shape = #nvvm.ld_st_matrix_shape<m = 16, n = 8>, eltType = #nvvm.ld_st_matrix_elt_type<b8>} : !llvm.ptr<3>, i32
    llvm.return
  }
}

// -----

gpu.module @dynamic_local {
  llvm.func @f(%n: i32) attributes {nvvm.kernel} {
    // expected-error @+1 {{the emulator has no local variables of dynamic size}}
    %0 = llvm.alloca %n x f32 : (i32) -> !llvm.ptr
    llvm.return
  }
}

// -----

gpu.module @large_local {
  // expected-error @+1 {{the emulator has no room for more than 131072 bytes of local variables, got 400000}}
  llvm.func @f() attributes {nvvm.kernel} {
    %n = llvm.mlir.constant(100000 : i32) : i32
    %0 = llvm.alloca %n x f32 : (i32) -> !llvm.ptr
    llvm.return
  }
}
