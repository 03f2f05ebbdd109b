// linalg.reduce
// = a.sum(1)
func.func @main(%a: tensor<3x4xf32>) -> tensor<3xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<3xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<3xf32>) -> tensor<3xf32>
  %r = linalg.reduce { arith.addf } ins(%a : tensor<3x4xf32>) outs(%f : tensor<3xf32>) dimensions = [1]
  return %r : tensor<3xf32>
}

// -----

// linalg.matmul
// = numpy.matmul(a, b)
func.func @main(%a: tensor<3x4xf32>, %b: tensor<4x2xf32>) -> tensor<3x2xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<3x2xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<3x2xf32>) -> tensor<3x2xf32>
  %r = linalg.matmul  ins(%a, %b : tensor<3x4xf32>, tensor<4x2xf32>) outs(%f : tensor<3x2xf32>) -> tensor<3x2xf32>
  return %r : tensor<3x2xf32>
}

// -----

// linalg.batch_matmul
// = numpy.matmul(a, b)
func.func @main(%a: tensor<2x3x4xf32>, %b: tensor<2x4x2xf32>) -> tensor<2x3x2xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2x3x2xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<2x3x2xf32>) -> tensor<2x3x2xf32>
  %r = linalg.batch_matmul  ins(%a, %b : tensor<2x3x4xf32>, tensor<2x4x2xf32>) outs(%f : tensor<2x3x2xf32>) -> tensor<2x3x2xf32>
  return %r : tensor<2x3x2xf32>
}

// -----

// linalg.matvec
// = numpy.matmul(a, b)
func.func @main(%a: tensor<3x4xf32>, %b: tensor<4xf32>) -> tensor<3xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<3xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<3xf32>) -> tensor<3xf32>
  %r = linalg.matvec  ins(%a, %b : tensor<3x4xf32>, tensor<4xf32>) outs(%f : tensor<3xf32>) -> tensor<3xf32>
  return %r : tensor<3xf32>
}

// -----

// linalg.vecmat
// = numpy.matmul(a, b)
func.func @main(%a: tensor<3xf32>, %b: tensor<3x4xf32>) -> tensor<4xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<4xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  %r = linalg.vecmat  ins(%a, %b : tensor<3xf32>, tensor<3x4xf32>) outs(%f : tensor<4xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

// linalg.batch_matvec
// = numpy.einsum('bij,bj->bi', a, b)
func.func @main(%a: tensor<2x3x4xf32>, %b: tensor<2x4xf32>) -> tensor<2x3xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2x3xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<2x3xf32>) -> tensor<2x3xf32>
  %r = linalg.batch_matvec  ins(%a, %b : tensor<2x3x4xf32>, tensor<2x4xf32>) outs(%f : tensor<2x3xf32>) -> tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}

// -----

// linalg.batch_vecmat
// = numpy.einsum('bi,bij->bj', a, b)
func.func @main(%a: tensor<2x3xf32>, %b: tensor<2x3x4xf32>) -> tensor<2x4xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2x4xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<2x4xf32>) -> tensor<2x4xf32>
  %r = linalg.batch_vecmat  ins(%a, %b : tensor<2x3xf32>, tensor<2x3x4xf32>) outs(%f : tensor<2x4xf32>) -> tensor<2x4xf32>
  return %r : tensor<2x4xf32>
}

// -----

// linalg.batch_reduce_matmul
// = numpy.matmul(a, b).sum(0)
func.func @main(%a: tensor<2x3x4xf32>, %b: tensor<2x4x2xf32>) -> tensor<3x2xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<3x2xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<3x2xf32>) -> tensor<3x2xf32>
  %r = linalg.batch_reduce_matmul  ins(%a, %b : tensor<2x3x4xf32>, tensor<2x4x2xf32>) outs(%f : tensor<3x2xf32>) -> tensor<3x2xf32>
  return %r : tensor<3x2xf32>
}

// -----

// linalg.dot
// = numpy.dot(a, b)
func.func @main(%a: tensor<5xf32>, %b: tensor<5xf32>) -> tensor<f32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<f32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<f32>) -> tensor<f32>
  %r = linalg.dot  ins(%a, %b : tensor<5xf32>, tensor<5xf32>) outs(%f : tensor<f32>) -> tensor<f32>
  return %r : tensor<f32>
}

// -----

// linalg.mmt4d
// = numpy.einsum('mkij,nklj->mnil', a, b)
func.func @main(%a: tensor<1x2x3x4xf32>, %b: tensor<2x2x2x4xf32>) -> tensor<1x2x3x2xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x2x3x2xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x2x3x2xf32>) -> tensor<1x2x3x2xf32>
  %r = linalg.mmt4d  ins(%a, %b : tensor<1x2x3x4xf32>, tensor<2x2x2x4xf32>) outs(%f : tensor<1x2x3x2xf32>) -> tensor<1x2x3x2xf32>
  return %r : tensor<1x2x3x2xf32>
}

// -----

// linalg.batch_mmt4d
// = numpy.einsum('bmkij,bnklj->bmnil', a, b)
func.func @main(%a: tensor<2x1x2x3x4xf32>, %b: tensor<2x2x2x2x4xf32>) -> tensor<2x1x2x3x2xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2x1x2x3x2xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<2x1x2x3x2xf32>) -> tensor<2x1x2x3x2xf32>
  %r = linalg.batch_mmt4d  ins(%a, %b : tensor<2x1x2x3x4xf32>, tensor<2x2x2x2x4xf32>) outs(%f : tensor<2x1x2x3x2xf32>) -> tensor<2x1x2x3x2xf32>
  return %r : tensor<2x1x2x3x2xf32>
}

// -----

// linalg.conv_1d
// = numpy.correlate(a, b, 'valid')
func.func @main(%a: tensor<8xf32>, %b: tensor<3xf32>) -> tensor<6xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<6xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<6xf32>) -> tensor<6xf32>
  %r = linalg.conv_1d  ins(%a, %b : tensor<8xf32>, tensor<3xf32>) outs(%f : tensor<6xf32>) -> tensor<6xf32>
  return %r : tensor<6xf32>
}

// -----

// linalg.conv_1d_ncw_fcw
// = numpy.einsum('ncwk,fck->nfw', windows(a, 3, 2), b)
func.func @main(%a: tensor<1x2x8xf32>, %b: tensor<3x2x3xf32>) -> tensor<1x3x6xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x3x6xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x3x6xf32>) -> tensor<1x3x6xf32>
  %r = linalg.conv_1d_ncw_fcw  ins(%a, %b : tensor<1x2x8xf32>, tensor<3x2x3xf32>) outs(%f : tensor<1x3x6xf32>) -> tensor<1x3x6xf32>
  return %r : tensor<1x3x6xf32>
}

// -----

// linalg.conv_2d
// = numpy.einsum('ijkl,kl->ij', windows(a, (2, 3)), b)
func.func @main(%a: tensor<4x5xf32>, %b: tensor<2x3xf32>) -> tensor<3x3xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<3x3xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<3x3xf32>) -> tensor<3x3xf32>
  %r = linalg.conv_2d  ins(%a, %b : tensor<4x5xf32>, tensor<2x3xf32>) outs(%f : tensor<3x3xf32>) -> tensor<3x3xf32>
  return %r : tensor<3x3xf32>
}

// -----

// linalg.conv_2d_nhwc_hwcf
// = numpy.einsum('nijckl,klcf->nijf', windows(a, (2, 3), (1, 2)), b)
func.func @main(%a: tensor<1x4x5x2xf32>, %b: tensor<2x3x2x3xf32>) -> tensor<1x3x3x3xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x3x3x3xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x3x3x3xf32>) -> tensor<1x3x3x3xf32>
  %r = linalg.conv_2d_nhwc_hwcf  ins(%a, %b : tensor<1x4x5x2xf32>, tensor<2x3x2x3xf32>) outs(%f : tensor<1x3x3x3xf32>) -> tensor<1x3x3x3xf32>
  return %r : tensor<1x3x3x3xf32>
}

// -----

// linalg.depthwise_conv_2d_nhwc_hwc
// = numpy.einsum('nijckl,klc->nijc', windows(a, (2, 3), (1, 2)), b)
func.func @main(%a: tensor<1x4x5x2xf32>, %b: tensor<2x3x2xf32>) -> tensor<1x3x3x2xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x3x3x2xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x3x3x2xf32>) -> tensor<1x3x3x2xf32>
  %r = linalg.depthwise_conv_2d_nhwc_hwc  ins(%a, %b : tensor<1x4x5x2xf32>, tensor<2x3x2xf32>) outs(%f : tensor<1x3x3x2xf32>) -> tensor<1x3x3x2xf32>
  return %r : tensor<1x3x3x2xf32>
}

// -----

// linalg.conv_3d
// = numpy.einsum('xyzijk,ijk->xyz', windows(a, (2, 2, 2)), b)
func.func @main(%a: tensor<3x3x4xf32>, %b: tensor<2x2x2xf32>) -> tensor<2x2x3xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2x2x3xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<2x2x3xf32>) -> tensor<2x2x3xf32>
  %r = linalg.conv_3d  ins(%a, %b : tensor<3x3x4xf32>, tensor<2x2x2xf32>) outs(%f : tensor<2x2x3xf32>) -> tensor<2x2x3xf32>
  return %r : tensor<2x2x3xf32>
}

// -----

// linalg.pooling_nhwc_sum
// = windows(a, (2, 3), (1, 2)).sum((-1, -2))
func.func @main(%a: tensor<1x4x5x2xf32>, %b: tensor<2x3xf32>) -> tensor<1x3x3x2xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x3x3x2xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x3x3x2xf32>) -> tensor<1x3x3x2xf32>
  %r = linalg.pooling_nhwc_sum  ins(%a, %b : tensor<1x4x5x2xf32>, tensor<2x3xf32>) outs(%f : tensor<1x3x3x2xf32>) -> tensor<1x3x3x2xf32>
  return %r : tensor<1x3x3x2xf32>
}

// -----

// linalg.pooling_nchw_max
// = windows(a, (2, 3), (2, 3)).max((-1, -2))
func.func @main(%a: tensor<1x2x4x5xf32>, %b: tensor<2x3xf32>) -> tensor<1x2x3x3xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x2x3x3xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x2x3x3xf32>) -> tensor<1x2x3x3xf32>
  %r = linalg.pooling_nchw_max  ins(%a, %b : tensor<1x2x4x5xf32>, tensor<2x3xf32>) outs(%f : tensor<1x2x3x3xf32>) -> tensor<1x2x3x3xf32>
  return %r : tensor<1x2x3x3xf32>
}

// -----

// linalg.contract
// = a @ b.T
func.func @main(%a: tensor<3x4xf32>, %b: tensor<2x4xf32>) -> tensor<3x2xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<3x2xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<3x2xf32>) -> tensor<3x2xf32>
  %r = linalg.contract indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1)>] ins(%a, %b : tensor<3x4xf32>, tensor<2x4xf32>) outs(%f : tensor<3x2xf32>) -> tensor<3x2xf32>
  return %r : tensor<3x2xf32>
}

// -----

// linalg.matmul-i8
// = a.astype(int) @ b.astype(int)
func.func @main(%a: tensor<3x4xi8>, %b: tensor<4x2xi8>) -> tensor<3x2xi32> {
  %z = arith.constant 0 : i32
  %e = tensor.empty() : tensor<3x2xi32>
  %f = linalg.fill ins(%z : i32) outs(%e : tensor<3x2xi32>) -> tensor<3x2xi32>
  %r = linalg.matmul ins(%a, %b : tensor<3x4xi8>, tensor<4x2xi8>) outs(%f : tensor<3x2xi32>) -> tensor<3x2xi32>
  return %r : tensor<3x2xi32>
}

// -----

// linalg.quantized_matmul
// = (a.astype(int) - 1) @ (b.astype(int) - 1)
func.func @main(%a: tensor<3x4xi8>, %b: tensor<4x2xi8>) -> tensor<3x2xi32> {
  %z = arith.constant 0 : i32
  %one = arith.constant 1 : i32
  %e = tensor.empty() : tensor<3x2xi32>
  %f = linalg.fill ins(%z : i32) outs(%e : tensor<3x2xi32>) -> tensor<3x2xi32>
  %r = linalg.quantized_matmul ins(%a, %b, %one, %one : tensor<3x4xi8>, tensor<4x2xi8>, i32, i32) outs(%f : tensor<3x2xi32>) -> tensor<3x2xi32>
  return %r : tensor<3x2xi32>
}

// -----

// linalg.winograd
// = numpy.einsum('ijkl,kl->ij', windows(a[0, :, :, 0], (3, 3)), b[0, :, :, 0])[None, :, :, None]
func.func @main(%a: tensor<1x6x6x1xf32>, %b: tensor<1x3x3x1xf32>) -> tensor<1x4x4x1xf32> {
  %e0 = tensor.empty() : tensor<6x6x1x1xf32>
  %f = linalg.winograd_filter_transform fmr(F_4_3) ins(%b : tensor<1x3x3x1xf32>) outs(%e0 : tensor<6x6x1x1xf32>) -> tensor<6x6x1x1xf32>
  %e1 = tensor.empty() : tensor<6x6x1x1x1x1xf32>
  %i = linalg.winograd_input_transform fmr(F_4_3) ins(%a : tensor<1x6x6x1xf32>) outs(%e1 : tensor<6x6x1x1x1x1xf32>) -> tensor<6x6x1x1x1x1xf32>
  %cf = tensor.collapse_shape %f [[0, 1], [2], [3]] : tensor<6x6x1x1xf32> into tensor<36x1x1xf32>
  %ci = tensor.collapse_shape %i [[0, 1], [2, 3, 4], [5]] : tensor<6x6x1x1x1x1xf32> into tensor<36x1x1xf32>
  %z = arith.constant 0.0 : f32
  %e2 = tensor.empty() : tensor<36x1x1xf32>
  %m0 = linalg.fill ins(%z : f32) outs(%e2 : tensor<36x1x1xf32>) -> tensor<36x1x1xf32>
  %m = linalg.batch_matmul ins(%ci, %cf : tensor<36x1x1xf32>, tensor<36x1x1xf32>) outs(%m0 : tensor<36x1x1xf32>) -> tensor<36x1x1xf32>
  %x = tensor.expand_shape %m [[0, 1], [2, 3, 4], [5]] output_shape [6, 6, 1, 1, 1, 1] : tensor<36x1x1xf32> into tensor<6x6x1x1x1x1xf32>
  %e3 = tensor.empty() : tensor<1x4x4x1xf32>
  %m3 = linalg.fill ins(%z : f32) outs(%e3 : tensor<1x4x4x1xf32>) -> tensor<1x4x4x1xf32>
  %r = linalg.winograd_output_transform fmr(F_4_3) ins(%x : tensor<6x6x1x1x1x1xf32>) outs(%m3 : tensor<1x4x4x1xf32>) -> tensor<1x4x4x1xf32>
  return %r : tensor<1x4x4x1xf32>
}

// -----

// linalg.generic-window
// = a[0, :3] + a[0, 1:]
func.func @main(%a: tensor<3x4xf32>) -> tensor<3xf32> {
  %w = tensor.empty() : tensor<2xf32>
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<3xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<3xf32>) -> tensor<3xf32>
  %x = tensor.extract_slice %a[0, 0] [1, 4] [1, 1] : tensor<3x4xf32> to tensor<4xf32>
  %r = linalg.generic {indexing_maps = [affine_map<(i,k)->(i + k)>, affine_map<(i,k)->(k)>, affine_map<(i,k)->(i)>], iterator_types = ["parallel","reduction"]} ins(%x, %w : tensor<4xf32>, tensor<2xf32>) outs(%f : tensor<3xf32>) {
  ^bb0(%p: f32, %q: f32, %o: f32):
  %s = arith.addf %p, %o : f32
  linalg.yield %s : f32
  } -> tensor<3xf32>
  return %r : tensor<3xf32>
}
