// RUN: tconv-compile %s --entry=types -o %t.o --header %t.h --target-cpu=x86-64
// RUN: FileCheck %s --check-prefix=TYPES --input-file=%t.h
// RUN: tconv-compile %s --entry=constants -o %t.o --header %t.h --prefix=net
// RUN: FileCheck %s --check-prefix=CONSTANTS --input-file=%t.h
// RUN: tconv-compile %s --entry=main -o %t.o --header %t.h --prefix=none
// RUN: FileCheck %s --check-prefix=NONE --input-file=%t.h

// REQUIRES: x86_64

// The header is C, without and with all warnings, and C++.
// RUN: %cc -std=c99 -Wall -Wextra -Werror -pedantic -fsyntax-only -x c %t.h
// RUN: %cc -std=c++11 -Wall -Wextra -Werror -pedantic -fsyntax-only -x c++ %t.h

// Each type has its own in C; tensors that no layer uses are numbered.
// TYPES:      Made by tconv-compile from @types, for the processor x86-64.
// TYPES:      arg0: 3xi8
// TYPES-NEXT: x: 1x1x4xbf16 [N, C, W]
// TYPES-NEXT: w: 1x1x2xbf16 [Ci, Co/groups, kW]
// TYPES-NEXT: arg3: 3xf16
// TYPES-NEXT: arg4: f64
// TYPES-NEXT: y0: 3xi8
// TYPES-NEXT: y1: 1x1x8xbf16 [N, C, W]
// TYPES:      #define TYPES_ARG0_ELEMENTS 3
// TYPES:      #define TYPES_ARG4_ELEMENTS 1
// TYPES:      size_t types_packed_bytes(void);
// TYPES-NOT:  types_pack(
// TYPES:      int types_run(const int8_t *arg0, const uint16_t *x, const uint16_t *w, const uint16_t *arg3,
// TYPES-NEXT:               const double *arg4, int8_t *y0, uint16_t *y1, uint16_t *y2, double *y3);
// TYPES:      const char *types_error(void);
// TYPES:      void types_set_threads(int threads);
// TYPES:      void types_set_parallel_for(types_parallel_for_fn hook, void *pool);
func.func @types(%a: tensor<3xi8>, %x: tensor<1x1x4xbf16>, %w: tensor<1x1x2xbf16>,
                 %h: tensor<3xf16>, %d: tensor<f64>)
    -> (tensor<3xi8>, tensor<1x1x8xbf16>, tensor<3xf16>, tensor<f64>) {
  %y = tconv.conv_transpose %x, %w stride [2]
      : (tensor<1x1x4xbf16>, tensor<1x1x2xbf16>) -> tensor<1x1x8xbf16>
  return %a, %y, %h, %d : tensor<3xi8>, tensor<1x1x8xbf16>, tensor<3xf16>, tensor<f64>
}

// Constant arguments go to pack, and the packed buffer takes their place in run.
// CONSTANTS: w: 4x4x2x2xi8 [Ci, Co/groups, kH, kW], constant: given to pack, not to run
// CONSTANTS: b: 4xi32 [Co], constant
// CONSTANTS: #ifndef NET_H
// CONSTANTS: int net_pack(const int8_t *w, const int32_t *b, void *packed);
// CONSTANTS: int net_run(const int8_t *x, const void *packed, int32_t *y);
func.func @constants(%x: tensor<1x4x3x3xi8>, %w: tensor<4x4x2x2xi8> {tconv.constant},
                     %b: tensor<4xi32> {tconv.constant}) -> tensor<1x4x6x6xi32> {
  %y = tconv.conv_transpose %x, %w, %b stride [2, 2]
      : (tensor<1x4x3x3xi8>, tensor<4x4x2x2xi8>, tensor<4xi32>) -> tensor<1x4x6x6xi32>
  return %y : tensor<1x4x6x6xi32>
}

// NONE: 0: there are no constant arguments to prepare
// NONE: int none_run(float *y);
func.func @main() -> tensor<2xf32> {
  %y = arith.constant dense<1.0> : tensor<2xf32>
  return %y : tensor<2xf32>
}
