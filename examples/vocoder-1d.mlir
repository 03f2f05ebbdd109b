// An upsampling layer of an audio vocoder (the shape of HiFi-GAN's first): 512
// channels to 256, kernel 16, stride 8, padding 4, so that the result has exactly 8
// samples for each of the input. How long the clip is, is known only at run time.
//
//   tconv-run examples/vocoder-1d.mlir --input=mel.npy --input=w.npy --input=b.npy
func.func @main(%x: tensor<1x512x?xf32>, %w: tensor<512x256x16xf32>, %b: tensor<256xf32>)
    -> tensor<1x256x?xf32> {
  %y = tconv.conv_transpose %x, %w, %b stride [8] padding [4]
      : (tensor<1x512x?xf32>, tensor<512x256x16xf32>, tensor<256xf32>) -> tensor<1x256x?xf32>
  return %y : tensor<1x256x?xf32>
}
