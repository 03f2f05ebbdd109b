// RUN: tconv-run %s --check --entry=f16 --output=%t.npy
// RUN: tconv-run %s --check --entry=bf16 --output=%t.npy
// RUN: tconv-run %s --check --entry=f16 --target-cpu=x86-64-v3 --output=%t.npy
// RUN: tconv-run %s --check --entry=bf16_last --target-cpu=x86-64 --output=%t.npy

// REQUIRES: x86_64

// A filter larger than the second cache that is used for few positions, of a type whose
// sums are not handed on through y: it is fetched ahead in whole phases.
func.func @f16(%x: tensor<1x512x4x4xf16>, %w: tensor<512x300x2x2xf16>) -> tensor<1x300x8x8xf16> {
  %y = tconv.conv_transpose %x, %w stride [2, 2]
      : (tensor<1x512x4x4xf16>, tensor<512x300x2x2xf16>) -> tensor<1x300x8x8xf16>
  return %y : tensor<1x300x8x8xf16>
}

func.func @bf16(%x: tensor<1x512x4x4xbf16>, %w: tensor<512x300x4x4xbf16>) -> tensor<1x300x10x10xbf16> {
  %y = tconv.conv_transpose %x, %w stride [2, 2]
      : (tensor<1x512x4x4xbf16>, tensor<512x300x4x4xbf16>) -> tensor<1x300x10x10xbf16>
  return %y : tensor<1x300x10x10xbf16>
}

func.func @bf16_last(%x: tensor<1x4x4x511xbf16>, %w: tensor<511x300x2x2xbf16>) -> tensor<1x8x8x300xbf16> {
  %y = tconv.conv_transpose %x, %w stride [2, 2] channels_last
      : (tensor<1x4x4x511xbf16>, tensor<511x300x2x2xbf16>) -> tensor<1x8x8x300xbf16>
  return %y : tensor<1x8x8x300xbf16>
}
