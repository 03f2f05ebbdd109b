//===- GpuSchedule.h - How a GPU kernel computes a layer --------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A layer is, phase by phase, a product of matrices: rows are the output pixels of the
// phase, columns the output channels of a group, and the sum runs over taps and input
// channels. A schedule says how that is cut into blocks, warps and stages. It is chosen
// in one place (SelectGpuSchedule.h) and printed in the IR as #tconv.gpu_schedule.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_SCHEDULE_GPUSCHEDULE_H
#define TCONV_SCHEDULE_GPUSCHEDULE_H

#include "tconv/HostTensor/ElementType.h"
#include "tconv/Schedule/FilterPacking.h"

namespace tconv {

enum class GpuKernel {
  /// Blocks of the product, multiplied by tensor cores (mma.sync).
  Mma,
  /// Blocks of the product, multiplied by each thread for itself.
  Simt,
  /// A thread computes `blockN` neighbouring channels of a pixel of y, or one element if channels
  /// are first: for layers of one input channel in a group.
  Depthwise,
  /// Blocks of the product, multiplied by warpgroups (wgmma) from tiles that a thread of its own
  /// has loaded by the tensor memory accelerator: for sm_90a.
  Wgmma
};

/// What multiplies and adds.
enum class GpuMath {
  Fma,  ///< one element at a time, in the type of the sums
  F16,  ///< m16n8k16 into f32; wgmma has 64 rows and up to 256 columns, and the same depths
  Bf16, ///< m16n8k16 into f32
  Tf32, ///< m16n8k8 of f32 rounded to 10 bits, into f32
  I8    ///< m16n8k32 into i32
};

/// Input channels that a tensor core instruction takes of each row in 16 bytes; 1 for Fma.
int64_t channelsPerChunk(GpuMath math);

/// The tensor core instruction for a type; Fma if there is none. f32 is multiplied as tf32 only if
/// `allowTf32`.
GpuMath tensorMath(ElementType type, bool allowTf32);

/// In which order the pixels of a batch are the rows of the product.
enum class GpuPixelOrder {
  ImageByImage, ///< neighbouring rows are neighbours in an image
  PixelByPixel  ///< neighbouring rows are the same pixel of neighbouring images
};

struct GpuSchedule {
  GpuKernel kernel = GpuKernel::Simt;
  GpuMath math = GpuMath::Fma;
  /// Pixels, output channels, and input channels of a block's tile.
  int64_t blockM = 64;
  int64_t blockN = 64;
  int64_t blockK = 16;
  /// Tiles of x and w in shared memory: one is multiplied while the others arrive.
  int64_t stages = 3;
  /// Warps that multiply, along pixels and along output channels.
  int64_t warpsM = 2;
  int64_t warpsN = 2;
  /// Parts that a sum is cut into, each computed by a block of its own.
  int64_t splitK = 1;
  /// Neighbouring tiles of pixels that are computed with the same channels before the
  /// next channels have their turn: they share x and w in the second cache.
  int64_t raster = 8;
  /// Pixel by pixel, the rows of a tile need fewer taps if images are small.
  GpuPixelOrder order = GpuPixelOrder::ImageByImage;

  /// Of a block: those that multiply, and the warpgroup that loads for the kernel wgmma.
  int64_t threads() const { return multiplyingThreads() + (kernel == GpuKernel::Wgmma ? 128 : 0); }
  int64_t multiplyingThreads() const { return warpsM * warpsN * 32; }
  int64_t warpgroups() const { return warpsM * warpsN / 4; }
  int64_t warpM() const { return blockM / warpsM; }
  int64_t warpN() const { return blockN / warpsN; }
  /// Rows of a warp come in slices of so many; a thread has sums in all of them.
  int64_t rowsPerSlice() const { return usesTensorCores() ? 16 : 4; }
  bool usesTensorCores() const { return kernel == GpuKernel::Mma || kernel == GpuKernel::Wgmma; }

  /// An error that names the first field that is out of range, or does not divide.
  Status verify() const;
  bool operator==(const GpuSchedule &) const = default;
};

/// The filter as kernels of a schedule read it: for each group and block of output
/// channels, tap by tap, whole tiles of `blockK` channels.
FilterPacking createGpuPacking(const Geometry &geometry, const GpuSchedule &schedule);

} // namespace tconv

#endif // TCONV_SCHEDULE_GPUSCHEDULE_H
