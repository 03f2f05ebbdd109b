// RUN: tconv-opt %s -split-input-file -verify-diagnostics

// The verifier of schedules says which field is out of range.

// expected-error @+1 {{expected vector_length from 1 to 64, got 0}}
func.func private @f() attributes {s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 0, pixels = 6, vectors = 2, fused_phases = 1, block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>}

// -----

// expected-error @+1 {{expected vector_length from 1 to 64, got 128}}
func.func private @f() attributes {s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 128, pixels = 6, vectors = 2, fused_phases = 1, block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>}

// -----

// expected-error @+1 {{expected pixels from 1 to 32, got 33}}
func.func private @f() attributes {s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 4, pixels = 33, vectors = 2, fused_phases = 1, block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>}

// -----

// expected-error @+1 {{expected vectors from 1 to 16, got 0}}
func.func private @f() attributes {s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 4, pixels = 6, vectors = 0, fused_phases = 1, block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>}

// -----

// expected-error @+1 {{expected fused_phases from 1 to 1073741824, got 0}}
func.func private @f() attributes {s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 4, pixels = 6, vectors = 2, fused_phases = 0, block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>}

// -----

// expected-error @+1 {{expected block_pixels from 1 to 1073741824, got 0}}
func.func private @f() attributes {s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 4, pixels = 6, vectors = 2, fused_phases = 1, block_pixels = 0, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>}

// -----

// expected-error @+1 {{expected blocks_per_task from 1 to 1073741824, got 0}}
func.func private @f() attributes {s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 4, pixels = 6, vectors = 2, fused_phases = 1, block_pixels = 48, blocks_per_task = 0, reduction_block = 0, prefetch = 0, unroll = 4>}

// -----

// expected-error @+1 {{expected reduction_block from 0 to 1073741824, got -1}}
func.func private @f() attributes {s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 4, pixels = 6, vectors = 2, fused_phases = 1, block_pixels = 48, blocks_per_task = 1, reduction_block = -1, prefetch = 0, unroll = 4>}

// -----

// expected-error @+1 {{expected prefetch from 0 to 1, got 2}}
func.func private @f() attributes {s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 4, pixels = 6, vectors = 2, fused_phases = 1, block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 2, unroll = 4>}

// -----

// expected-error @+1 {{expected unroll from 1 to 16, got 17}}
func.func private @f() attributes {s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 4, pixels = 6, vectors = 2, fused_phases = 1, block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 17>}

// -----

// expected-error @+1 {{expected a power of two as vector_length, got 12}}
func.func private @f() attributes {s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 12, pixels = 6, vectors = 2, fused_phases = 1, block_pixels = 48, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 4>}

// -----

// expected-error @+1 {{expected tile from 1 to 5, got 0}}
func.func private @f() attributes {s = #tconv.schedule<family = winograd, dot = plain, vector_length = 8, pixels = 2, vectors = 1, fused_phases = 1, block_pixels = 16, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 1>}

// -----

// expected-error @+1 {{expected tile from 1 to 5, got 6}}
func.func private @f() attributes {s = #tconv.schedule<family = winograd, dot = plain, vector_length = 8, pixels = 2, vectors = 1, fused_phases = 1, block_pixels = 16, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 1, tile = 6>}

// -----

// expected-error @+1 {{expected tile from 0 to 0, got 2}}
func.func private @f() attributes {s = #tconv.schedule<family = output_channels, dot = plain, vector_length = 8, pixels = 2, vectors = 1, fused_phases = 1, block_pixels = 16, blocks_per_task = 1, reduction_block = 0, prefetch = 0, unroll = 1, tile = 2>}
