//===- CudaDeviceTest.cpp - Tests of the CUDA driver's wrapper ------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Against a driver of the tests' own, Inputs/fake-cuda.c.
//
//===----------------------------------------------------------------------===//

#include "tconv/Cuda/CudaDevice.h"

#include "gtest/gtest.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <unistd.h>

using namespace tconv;

namespace {

class CudaDeviceTest : public testing::Test {
protected:
  void SetUp() override {
    log = testing::TempDir() + "tconv-fake-cuda-" + std::to_string(getpid()) + ".log";
    setenv("TCONV_FAKE_CUDA_LOG", log.c_str(), 1);
    setenv("TCONV_FAKE_CUDA_ARCH", "90", 1);
    std::remove(log.c_str());
  }
  void TearDown() override {
    for (const char *name : {"FAIL", "STATUS", "GPUS", "ARCH", "LOG"})
      unsetenv((std::string("TCONV_FAKE_CUDA_") + name).c_str());
    std::remove(log.c_str());
  }

  static TensorMapDescription tiledMap(DeviceAddress address) {
    TensorMapDescription map;
    map.recipe.type = TensorMapType::F16;
    map.recipe.swizzle = TensorMapSwizzle::Bytes128;
    map.recipe.promotion = TensorMapPromotion::Bytes256;
    map.recipe.box = {64, 4};
    map.recipe.steps = {1, 2};
    map.address = address;
    map.sizes = {100, 50};
    map.strides = {256};
    return map;
  }
  static TensorMapDescription im2colMap(DeviceAddress address) {
    TensorMapDescription map = tiledMap(address);
    map.recipe.mode = TensorMapMode::Im2col;
    map.recipe.fill = TensorMapFill::NaN;
    map.recipe.lowerCorner = {-2, -1};
    map.recipe.upperCorner = {1, 3};
    map.recipe.channelsPerPixel = 32;
    map.recipe.pixelsPerColumn = 100;
    map.recipe.steps = {1, 2, 1, 1};
    map.sizes = {64, 20, 10, 5};
    map.strides = {128, 2560, 25600};
    return map;
  }

  static Result<std::unique_ptr<CudaDevice>> open(int device = 0) {
    return CudaDevice::open({device, TCONV_FAKE_CUDA});
  }

  /// How often a function has been called, and the last call's details.
  int count(const std::string &function) {
    std::ifstream stream(log);
    int calls = 0;
    for (std::string line; std::getline(stream, line);)
      if (line.compare(0, function.size(), function) == 0) {
        ++calls;
        details = line.substr(function.size());
      }
    return calls;
  }

  /// Does all that a device can do, and stops at the first error.
  static Status useAll() {
    Result<std::unique_ptr<CudaDevice>> device = open();
    if (!device)
      return device.error();
    Result<DeviceAddress> buffer = (*device)->allocate(64);
    if (!buffer)
      return buffer.error();
    int numbers[16] = {42};
    if (Status status = (*device)->copyToDevice(*buffer, numbers, 64); !status)
      return status;
    if (Status status = (*device)->copy(*buffer, *buffer, 64); !status)
      return status;
    if (Status status = (*device)->copyToHost(numbers, *buffer, 64); !status)
      return status;
    auto module = (*device)->load(".version 8.0");
    if (!module)
      return module.error();
    Result<TensorMap> map = (*device)->encodeTensorMap(tiledMap(*buffer));
    if (map)
      map = (*device)->encodeTensorMap(im2colMap(*buffer));
    if (!map)
      return map.error();
    uint64_t argument = 7;
    LaunchShape shape{{2, 3, 4}, {5, 6, 7}, 100 << 10};
    Result<double> seconds =
        (*device)->time([&] { return (*module)->launch({"kernel", {4}}, shape, &argument); });
    return seconds ? success() : Status(seconds.error());
  }

  std::string log, details;
};

TEST_F(CudaDeviceTest, DoesWhatItIsAsked) {
  Status status = useAll();
  ASSERT_TRUE(status.ok()) << status.message();
  EXPECT_EQ(count("cuFuncSetAttribute"), 1);
  EXPECT_EQ(details, " 8 102400");
  EXPECT_EQ(count("cuLaunchKernel"), 1);
  EXPECT_EQ(details, " kernel 2 3 4 | 5 6 7 | 102400 | 7");
  // Whatever was made is given back.
  EXPECT_EQ(count("cuMemAlloc_v2"), count("cuMemFree_v2"));
  EXPECT_EQ(count("cuModuleUnload"), 1);
  EXPECT_EQ(count("cuEventDestroy_v2"), 2);
  EXPECT_EQ(count("cuStreamDestroy_v2"), 1);
  EXPECT_EQ(count("cuDevicePrimaryCtxRelease_v2"), 1);
}

TEST_F(CudaDeviceTest, NamesWhatFails) {
  for (const char *function : {"cuInit",
                               "cuDeviceGetCount",
                               "cuDeviceGet",
                               "cuDeviceGetName",
                               "cuDeviceGetAttribute",
                               "cuDevicePrimaryCtxRetain",
                               "cuCtxSetCurrent",
                               "cuStreamCreate",
                               "cuMemAlloc_v2",
                               "cuMemcpyHtoDAsync_v2",
                               "cuMemcpyDtoDAsync_v2",
                               "cuMemcpyDtoHAsync_v2",
                               "cuStreamSynchronize",
                               "cuModuleLoadDataEx",
                               "cuModuleGetFunction",
                               "cuTensorMapEncodeTiled",
                               "cuTensorMapEncodeIm2col",
                               "cuFuncSetAttribute",
                               "cuLaunchKernel",
                               "cuEventCreate",
                               "cuEventRecord",
                               "cuEventSynchronize",
                               "cuEventElapsedTime"}) {
    setenv("TCONV_FAKE_CUDA_FAIL", function, 1);
    Status status = useAll();
    ASSERT_FALSE(status.ok()) << function;
    EXPECT_EQ(status.message().find(std::string(function) + " failed: error 999 (no description)"),
              0u)
        << status.message();
    EXPECT_FALSE(status.error().unsupported);
  }
}

TEST_F(CudaDeviceTest, SaysWhatTheDriverSays) {
  setenv("TCONV_FAKE_CUDA_FAIL", "cuMemAlloc_v2", 1);
  setenv("TCONV_FAKE_CUDA_STATUS", "2", 1);
  EXPECT_EQ(useAll().message(), "cuMemAlloc_v2 failed: CUDA_ERROR_OUT_OF_MEMORY (out of memory), "
                                "for 256 bytes");
  setenv("TCONV_FAKE_CUDA_FAIL", "cuModuleLoadDataEx", 1);
  setenv("TCONV_FAKE_CUDA_STATUS", "218", 1);
  EXPECT_EQ(useAll().message(), "cuModuleLoadDataEx failed: error 218 (no description): ptxas "
                                "error : what is wrong");
}

TEST_F(CudaDeviceTest, IsUnsupportedWithoutADriverOrDevice) {
  auto missing = CudaDevice::open({0, "/nonexistent/libcuda.so"});
  ASSERT_FALSE(missing.ok());
  EXPECT_TRUE(missing.error().unsupported);
  EXPECT_EQ(missing.message().find("expected a CUDA driver on this machine, found none: "), 0u);
  // Any library that is no driver.
  auto other = CudaDevice::open({0, "libdl.so.2"});
  ASSERT_FALSE(other.ok());
  EXPECT_TRUE(other.error().unsupported);

  EXPECT_EQ(open(1).message(), "expected a GPU number 1, found 1 GPU");
  setenv("TCONV_FAKE_CUDA_GPUS", "0", 1);
  EXPECT_TRUE(open().error().unsupported);
  setenv("TCONV_FAKE_CUDA_FAIL", "cuInit", 1);
  setenv("TCONV_FAKE_CUDA_STATUS", "100", 1);
  auto none = open();
  EXPECT_TRUE(none.error().unsupported);
  EXPECT_EQ(none.message(), "cuInit failed: CUDA_ERROR_NO_DEVICE (no CUDA-capable device)");
}

TEST_F(CudaDeviceTest, RefusesOldGPUs) {
  setenv("TCONV_FAKE_CUDA_ARCH", "75", 1);
  auto device = open();
  ASSERT_FALSE(device.ok());
  EXPECT_EQ(device.message(), "expected a GPU of at least sm_80, got Fake GPU (sm_75)");
  setenv("TCONV_FAKE_CUDA_ARCH", "90", 1);
  EXPECT_EQ((*open())->name(), "Fake GPU (sm_90)");
}

TEST_F(CudaDeviceTest, EncodesTensorMaps) {
  auto device = open();
  auto tiled = (*device)->encodeTensorMap(tiledMap(4096));
  ASSERT_TRUE(tiled.ok()) << tiled.message();
  EXPECT_EQ(count("cuTensorMapEncodeTiled"), 1);
  EXPECT_EQ(details, " ok 6 100,50 256 64,4 1,2 0 3 3 0");
  auto im2col = (*device)->encodeTensorMap(im2colMap(4096));
  EXPECT_EQ(count("cuTensorMapEncodeIm2col"), 1);
  EXPECT_EQ(details, " ok 6 64,20,10,5 128,2560,25600 -2,-1 1,3 1,2,1,1 32 100 0 3 3 1");
  EXPECT_EQ(im2col->words[0], tiled->words[0] + 1);
  // What the driver would refuse is refused with a reason.
  EXPECT_EQ((*device)->encodeTensorMap(tiledMap(8)).message(),
            "expected a tensor map with an address aligned to 16 bytes, got 8");
  EXPECT_EQ(count("cuTensorMapEncodeTiled"), 1);

  // As an argument it is 16 words, after which the next argument follows.
  auto module = (*device)->load(".version 8.0");
  std::vector<uint64_t> words(tiled->words.begin(), tiled->words.end());
  words.push_back(9);
  ASSERT_TRUE((*module)->launch({"kernel", {128, 4}}, {}, words.data()).ok());
  EXPECT_EQ(count("cuLaunchKernel"), 1);
  EXPECT_EQ(details, " kernel 1 1 1 | 1 1 1 | 0 | " + std::to_string(tiled->words[0]));
}

TEST_F(CudaDeviceTest, HasNoTensorMapsBeforeSm90) {
  setenv("TCONV_FAKE_CUDA_ARCH", "89", 1);
  auto map = (*open())->encodeTensorMap(tiledMap(4096));
  ASSERT_FALSE(map.ok());
  EXPECT_TRUE(map.error().unsupported);
  EXPECT_EQ(map.message(),
            "expected a GPU of at least sm_90 for tensor maps, got Fake GPU (sm_89)");
}

TEST_F(CudaDeviceTest, DoesWithoutTensorMapsInOldDrivers) {
  auto device = CudaDevice::open({0, TCONV_OLD_FAKE_CUDA});
  ASSERT_TRUE(device.ok()) << device.message();
  auto map = (*device)->encodeTensorMap(tiledMap(4096));
  ASSERT_FALSE(map.ok());
  EXPECT_TRUE(map.error().unsupported);
  EXPECT_EQ(map.message(),
            "expected a CUDA driver with the function cuTensorMapEncodeTiled, got one "
            "without it");
}

TEST_F(CudaDeviceTest, KeepsFreedBuffersForTheNextRun) {
  auto device = open();
  auto first = (*device)->allocate(1000);
  ASSERT_TRUE((*device)->free(*first).ok());
  auto second = (*device)->allocate(1024); // rounded up, the same size
  EXPECT_EQ(*first, *second);
  EXPECT_EQ(count("cuMemAlloc_v2"), 1);
  EXPECT_FALSE((*device)->free(*second + 1).ok());
  EXPECT_TRUE((*device)->free(0).ok());
}

} // namespace
