// One layer as other systems parameterise it; docs/conventions.md says how each comes to
// be. All have x = [[2, 4], [0, 1]], w = 1..9 and stride 2.
//
//   tconv-run examples/conventions.mlir --entry=onnx

// torch.nn.functional.conv_transpose2d(x, w, stride=2, padding=1, output_padding=1)
func.func @pytorch() -> tensor<1x1x4x4xf32> {
  %x = arith.constant dense<[[[[2.0, 4.0], [0.0, 1.0]]]]> : tensor<1x1x2x2xf32>
  %w = arith.constant dense<[[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]]]>
      : tensor<1x1x3x3xf32>
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [1, 1] output_padding [1, 1]
      : (tensor<1x1x2x2xf32>, tensor<1x1x3x3xf32>) -> tensor<1x1x4x4xf32>
  return %y : tensor<1x1x4x4xf32>
}

// ONNX ConvTranspose with strides = [2, 2], auto_pad = "SAME_UPPER"
func.func @onnx() -> tensor<1x1x4x4xf32> {
  %x = arith.constant dense<[[[[2.0, 4.0], [0.0, 1.0]]]]> : tensor<1x1x2x2xf32>
  %w = arith.constant dense<[[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]]]>
      : tensor<1x1x3x3xf32>
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [[0, 1], [0, 1]]
      : (tensor<1x1x2x2xf32>, tensor<1x1x3x3xf32>) -> tensor<1x1x4x4xf32>
  return %y : tensor<1x1x4x4xf32>
}

// ONNX ConvTranspose with a 1x1 kernel, strides = [2, 2], auto_pad = "SAME_UPPER", as the text of
// the operator has it
func.func @onnx_same_by_text() -> tensor<1x1x4x4xf32> {
  %x = arith.constant dense<[[[[2.0, 4.0], [0.0, 1.0]]]]> : tensor<1x1x2x2xf32>
  %w = arith.constant dense<10.0> : tensor<1x1x1x1xf32>
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [[0, -1], [0, -1]]
      : (tensor<1x1x2x2xf32>, tensor<1x1x1x1xf32>) -> tensor<1x1x4x4xf32>
  return %y : tensor<1x1x4x4xf32>
}

// The same as ONNX Runtime and OpenVINO compute it
func.func @onnx_same_by_runtimes() -> tensor<1x1x3x3xf32> {
  %x = arith.constant dense<[[[[2.0, 4.0], [0.0, 1.0]]]]> : tensor<1x1x2x2xf32>
  %w = arith.constant dense<10.0> : tensor<1x1x1x1xf32>
  %y = tconv.conv_transpose %x, %w stride [2, 2]
      : (tensor<1x1x2x2xf32>, tensor<1x1x1x1xf32>) -> tensor<1x1x3x3xf32>
  return %y : tensor<1x1x3x3xf32>
}

// ONNX ConvTranspose with strides = [2, 2], output_shape = [6, 6]
func.func @onnx_output_shape() -> tensor<1x1x6x6xf32> {
  %x = arith.constant dense<[[[[2.0, 4.0], [0.0, 1.0]]]]> : tensor<1x1x2x2xf32>
  %w = arith.constant dense<[[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]]]>
      : tensor<1x1x3x3xf32>
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [[0, -1], [0, -1]]
      : (tensor<1x1x2x2xf32>, tensor<1x1x3x3xf32>) -> tensor<1x1x6x6xf32>
  return %y : tensor<1x1x6x6xf32>
}

// tosa.transpose_conv2d with stride = [2, 2], out_pad = [1, 0, 0, -1]
func.func @tosa() -> tensor<1x1x6x4xf32> {
  %x = arith.constant dense<[[[[2.0, 4.0], [0.0, 1.0]]]]> : tensor<1x1x2x2xf32>
  %w = arith.constant dense<[[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]]]>
      : tensor<1x1x3x3xf32>
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [[-1, 0], [0, 1]]
      : (tensor<1x1x2x2xf32>, tensor<1x1x3x3xf32>) -> tensor<1x1x6x4xf32>
  return %y : tensor<1x1x6x4xf32>
}

// tf.nn.conv2d_transpose(x, w, [1, 4, 4, 1], strides=2, padding="SAME")
func.func @tensorflow() -> tensor<1x1x4x4xf32> {
  %x = arith.constant dense<[[[[2.0, 4.0], [0.0, 1.0]]]]> : tensor<1x1x2x2xf32>
  %w = arith.constant dense<[[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]]]>
      : tensor<1x1x3x3xf32>
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [[0, 1], [0, 1]]
      : (tensor<1x1x2x2xf32>, tensor<1x1x3x3xf32>) -> tensor<1x1x4x4xf32>
  return %y : tensor<1x1x4x4xf32>
}

// stablehlo.convolution with lhs_dilation = [2, 2], pad = [[1, 2], [1, 2]], reversed w
func.func @stablehlo() -> tensor<1x1x4x4xf32> {
  %x = arith.constant dense<[[[[2.0, 4.0], [0.0, 1.0]]]]> : tensor<1x1x2x2xf32>
  %w = arith.constant dense<[[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]]]>
      : tensor<1x1x3x3xf32>
  %y = tconv.conv_transpose %x, %w stride [2, 2] padding [[1, 0], [1, 0]]
      : (tensor<1x1x2x2xf32>, tensor<1x1x3x3xf32>) -> tensor<1x1x4x4xf32>
  return %y : tensor<1x1x4x4xf32>
}
