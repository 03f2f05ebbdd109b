// RUN: tconv-opt %s -split-input-file -verify-diagnostics

// What has a clause is not taken from the attribute dictionary, where it would
// override the clause, or a default, unnoticed.

func.func @clause_and_attribute(%x: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected stride as a clause, got it in the attribute dictionary}}
  %y = tconv.conv_transpose %x, %x stride [2] {stride = array<i64: 1>}
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

func.func @attribute_alone(%x: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected padding_end as a clause, got it in the attribute dictionary}}
  %y = tconv.conv_transpose %x, %x {padding_end = array<i64: 1>}
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x6xf32>
  return
}

// -----

// Not "requires attribute 'groups'", which is what is there.
func.func @attribute_of_wrong_type(%x: tensor<1x1x4xf32>) {
  // expected-error @+1 {{expected groups as a clause, got it in the attribute dictionary}}
  %y = tconv.conv_transpose %x, %x {groups = "two"}
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}

// -----

func.func @schedule_and_attribute(%x: tensor<1x1x4xf32>) {
  // expected-error @+3 {{expected schedule as a clause, got it in the attribute dictionary}}
  %y = tconv.conv_transpose %x, %x
      schedule <family = output_channels, dot = plain, vector_length = 4, pixels = 6, vectors = 2, fused_phases = 1, block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>
      {schedule = #tconv.schedule<family = output_channels, dot = plain, vector_length = 4, pixels = 6, vectors = 2, fused_phases = 1, block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>}
      : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x7xf32>
  return
}
