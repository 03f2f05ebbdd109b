// RUN: tconv-opt %s -tconv-lower-expand-shapes -split-input-file | FileCheck %s
// RUN: tconv-opt %s -tconv-lower-expand-shapes -expand-strided-metadata -split-input-file | FileCheck %s --check-prefix=UPSTREAM

// Strides come from the sizes behind; upstream's lowering, which would crash, has nothing to do.
// CHECK-LABEL: @two
// CHECK-SAME: %[[X:[^:]*]]: memref<?x4xf32>, %[[A:[^:]*]]: index, %[[B:[^:]*]]: index
// CHECK: %[[BASE:.*]], %{{.*}}, %{{.*}}:2, %{{.*}}:2 = memref.extract_strided_metadata %[[X]]
// CHECK: %[[INNER:.*]] = arith.muli %[[B]], %{{.*}}
// CHECK: memref.reinterpret_cast %[[BASE]] to offset: [0], sizes: [%[[A]], %[[B]], 4], strides: [%[[INNER]], 4, 1]
// UPSTREAM-LABEL: @two
// UPSTREAM: memref.reinterpret_cast
func.func @two(%x: memref<?x4xf32>, %a: index, %b: index) -> memref<?x?x4xf32> {
  %y = memref.expand_shape %x [[0, 1], [2]] output_shape [%a, %b, 4]
      : memref<?x4xf32> into memref<?x?x4xf32>
  return %y : memref<?x?x4xf32>
}

// -----

// The strides and the offset of a view are kept.
// CHECK-LABEL: @view
// CHECK: %[[BASE:.*]], %[[OFFSET:.*]], %{{.*}}, %{{.*}} = memref.extract_strided_metadata
// CHECK: memref.reinterpret_cast %[[BASE]] to offset: [%[[OFFSET]]], sizes: [%{{.*}}, 3, %[[B:.*]]], strides: [%{{.*}}, %{{.*}}, 2]
func.func @view(%x: memref<?xf32, strided<[2], offset: ?>>, %a: index, %b: index) -> memref<?x3x?xf32, strided<[?, ?, 2], offset: ?>> {
  %y = memref.expand_shape %x [[0, 1, 2]] output_shape [%a, 3, %b]
      : memref<?xf32, strided<[2], offset: ?>> into memref<?x3x?xf32, strided<[?, ?, 2], offset: ?>>
  return %y : memref<?x3x?xf32, strided<[?, ?, 2], offset: ?>>
}

// -----

// One unknown size in a group is upstream's business.
// CHECK-LABEL: @one
// CHECK: memref.expand_shape
func.func @one(%x: memref<?x4xf32>, %a: index) -> memref<?x2x4xf32> {
  %y = memref.expand_shape %x [[0, 1], [2]] output_shape [%a, 2, 4]
      : memref<?x4xf32> into memref<?x2x4xf32>
  return %y : memref<?x2x4xf32>
}
