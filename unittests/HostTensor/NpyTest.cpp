//===- NpyTest.cpp - Tests of the .npy files --------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Round trips, the bytes themselves, and each way in which a file can be wrong.
//
//===----------------------------------------------------------------------===//

#include "tconv/HostTensor/Npy.h"

#include "tconv/HostTensor/Compare.h"
#include "tconv/HostTensor/Random.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <unistd.h>

using namespace tconv;
namespace fs = std::filesystem;

namespace {

/// A directory of its own for each test.
class Npy : public testing::Test {
protected:
  void SetUp() override {
    std::string test = testing::UnitTest::GetInstance()->current_test_info()->name();
    directory = testing::TempDir() + "npy-" + std::to_string(getpid()) + "-" + test;
    fs::create_directories(directory);
    path = directory + "/x.npy";
  }
  void TearDown() override { fs::remove_all(directory); }

  void writeBytes(const std::string &bytes) { std::ofstream(path, std::ios::binary) << bytes; }
  std::string readBytes() {
    std::ostringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    return bytes.str();
  }
  /// A version 1.0 file.
  void writeFile(const std::string &header, const std::string &data) {
    std::string bytes("\x93NUMPY\x01\x00", 8);
    bytes += static_cast<char>(header.size() & 0xff);
    bytes += static_cast<char>(header.size() >> 8);
    writeBytes(bytes + header + data);
  }
  /// The error without the path and ": " that it begins with.
  std::string error() {
    Result<HostTensor> tensor = readNpy(path);
    if (tensor.ok())
      return "no error";
    EXPECT_EQ(tensor.message().find(path + ": "), 0u) << tensor.message();
    return tensor.message().substr(path.size() + 2);
  }
  std::string headerError(const std::string &header) {
    writeFile(header, std::string(64, '\0'));
    return error();
  }

  std::string directory, path;
};

} // namespace

TEST_F(Npy, RoundTrip) {
  for (int i = 0; i <= static_cast<int>(ElementType::I1); ++i)
    for (std::vector<int64_t> shape :
         {std::vector<int64_t>{}, {7}, {2, 3, 4}, {1, 1, 4, 4}, {3, 0, 2}}) {
      HostTensor tensor = std::move(*HostTensor::allocate(static_cast<ElementType>(i), shape));
      fillRandom(tensor, 7);
      Status written = writeNpy(path, tensor);
      ASSERT_TRUE(written.ok()) << written.message();
      Result<HostTensor> read = readNpy(path);
      ASSERT_TRUE(read.ok()) << read.message();
      EXPECT_EQ(read->typeString(), tensor.typeString());
      EXPECT_FALSE(*compare(*read, tensor));
    }
  EXPECT_EQ(std::distance(fs::directory_iterator(directory), fs::directory_iterator()), 1);
}

TEST_F(Npy, WritesTheBytesOfNumpy) {
  HostTensor tensor = std::move(*HostTensor::allocate(ElementType::F32, {4, 2}));
  ASSERT_TRUE(writeNpy(path, tensor).ok());
  std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (4, 2), }";
  std::string expected = std::string("\x93NUMPY\x01\x00\x76\x00", 10) + header;
  expected += std::string(127 - expected.size(), ' ') + "\n" + std::string(32, '\0');
  EXPECT_EQ(readBytes(), expected);
}

TEST_F(Npy, ReadsEveryWayToWriteAHeader) {
  std::string data("\1\2\3\4\5\6", 6);
  for (std::string header :
       {"{'descr': '|i1', 'fortran_order': False, 'shape': (2, 3), }   \n",
        "{\"shape\":(2,3,),\"fortran_order\":False,\"descr\":\"|i1\"}",
        " { 'fortran_order' : False , 'shape' : ( 2 , 3 ) , 'descr' : '=i1' } "}) {
    writeFile(header, data);
    Result<HostTensor> tensor = readNpy(path);
    ASSERT_TRUE(tensor.ok()) << tensor.message();
    EXPECT_EQ(tensor->typeString(), "2x3xi8");
    EXPECT_EQ(tensor->intAt(3), 4);
  }
}

TEST_F(Npy, ReadsVersions2And3) {
  std::string header = "{'descr': '<u2', 'fortran_order': False, 'shape': (1,)}\n";
  for (char version : {'\2', '\3'}) {
    writeBytes(std::string("\x93NUMPY") + version + '\0' + static_cast<char>(header.size()) +
               std::string(3, '\0') + header + std::string("\x80\x3f", 2));
    Result<HostTensor> tensor = readNpy(path);
    ASSERT_TRUE(tensor.ok()) << tensor.message();
    EXPECT_EQ(tensor->typeString(), "1xbf16");
    EXPECT_EQ(tensor->at(0), 1.0);
  }
}

TEST_F(Npy, ReordersFortranOrder) {
  writeFile("{'descr': '|i1', 'fortran_order': True, 'shape': (2, 3)}", "\1\4\2\5\3\6");
  Result<HostTensor> tensor = readNpy(path);
  ASSERT_TRUE(tensor.ok()) << tensor.message();
  for (int i = 0; i != 6; ++i)
    EXPECT_EQ(tensor->intAt(i), i + 1);
}

TEST_F(Npy, NamesTheUnsupportedType) {
  std::string rest = ", 'fortran_order': False, 'shape': (4, 4)}";
  std::string list = "expected the descr '<f8', '<f4', '<f2', '<i8', '<i4', '<i2', '|i1', '|u1', "
                     "'|b1' or '<u2' (bfloat16), of either byte order, got ";
  std::string cure = "; of an array a, numpy makes one by a.astype('float32')";
  for (std::string descr : {"'|O'", "'<c8'", "'|f4'", "'<u4'", "[('a', '<f4'), ('b', '<i4')]"})
    EXPECT_EQ(headerError("{'descr': " + descr + rest), list + descr + cure);
}

// Every type of more than one byte, in both byte orders.
TEST_F(Npy, ReadsBothByteOrders) {
  struct {
    const char *code;
    ElementType type;
  } types[] = {{"f8", ElementType::F64},  {"f4", ElementType::F32}, {"f2", ElementType::F16},
               {"u2", ElementType::BF16}, {"i8", ElementType::I64}, {"i4", ElementType::I32},
               {"i2", ElementType::I16},  {"i1", ElementType::I8},  {"b1", ElementType::I1}};
  for (auto [code, type] : types) {
    HostTensor tensor = std::move(*HostTensor::allocate(type, {2, 3}));
    fillRandom(tensor, 1);
    std::string data, reversed;
    const auto *bytes = reinterpret_cast<const char *>(tensor.data());
    for (int64_t i = 0; i < tensor.numElements(); ++i) {
      std::string element(bytes + i * byteSize(type), byteSize(type));
      data += element;
      reversed += std::string(element.rbegin(), element.rend());
    }
    for (bool big : {false, true}) {
      writeFile("{'descr': '" + std::string(big ? ">" : "<") + code +
                    "', 'fortran_order': False, 'shape': (2, 3)}",
                big ? reversed : data);
      Result<HostTensor> read = readNpy(path);
      ASSERT_TRUE(read.ok()) << read.message();
      EXPECT_EQ(read->type(), type) << code;
      EXPECT_FALSE(compare(*read, tensor)->has_value()) << code << big;
    }
  }
}

// uint8 is read where its numbers are those of i8, and refused where they are not.
TEST_F(Npy, ReadsUnsignedBytesThatFit) {
  std::string header = "{'descr': '|u1', 'fortran_order': False, 'shape': (2,)}";
  writeFile(header, std::string("\x00\x7f", 2));
  Result<HostTensor> tensor = readNpy(path);
  ASSERT_TRUE(tensor.ok()) << tensor.message();
  EXPECT_EQ(tensor->typeString(), "2xi8");
  EXPECT_EQ(tensor->intAt(1), 127);
  writeFile(header, std::string("\x00\xc8", 2));
  EXPECT_EQ(error(),
            "expected numbers up to 127 in an array of uint8, since i8 is signed, got 200; "
            "of an array a, numpy makes one for a layer of floats by a.astype('float32')");
}

TEST_F(Npy, ComparesTheSizeWithTheShape) {
  std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (4, 4)}";
  writeFile(header, std::string(60, '\0'));
  EXPECT_EQ(error(), "expected 64 bytes of data for 4x4xf32, got 60");
  writeFile(header, std::string(65, '\0'));
  EXPECT_EQ(error(), "expected 64 bytes of data for 4x4xf32, got 65");
  writeFile("{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000000,)}", "");
  EXPECT_EQ(error(), "expected 4000000000000 bytes of data for 1000000000000xf32, got 0");
}

TEST_F(Npy, RefusesBadShapes) {
  std::string start = "{'descr': '<f4', 'fortran_order': False, 'shape': ";
  EXPECT_EQ(headerError(start + "(4, -4)}"), "expected a dimension from 0 to 2^63-1, got -4");
  EXPECT_EQ(headerError(start + "(9223372036854775808,)}"),
            "expected a dimension from 0 to 2^63-1, got 9223372036854775808");
  EXPECT_EQ(headerError(start + "(4611686018427387904, 4)}"),
            "expected a size in bytes below 2^63, got 4611686018427387904x4xf32");
  EXPECT_EQ(headerError(start + "(4)}"), "expected a tuple for 'shape', got (4)");
  EXPECT_EQ(headerError(start + "[4]}"), "expected a tuple for 'shape', got [4]");
  EXPECT_EQ(headerError(start + "(4L,)}"), "expected ',' or ')' in 'shape', got L");
  EXPECT_EQ(headerError(start + "(4 4)}"), "expected ',' or ')' in 'shape', got 4");
  EXPECT_EQ(headerError(start + "(4, 4"),
            "expected ',' or ')' in 'shape', got the end of the header");
}

TEST_F(Npy, RefusesBadHeaders) {
  EXPECT_EQ(headerError("[]"), "expected a header that is a dictionary, got []");
  EXPECT_EQ(headerError("{}"),
            "expected a header with the keys 'descr', 'fortran_order' and 'shape'");
  EXPECT_EQ(headerError("{'foo': 1}"),
            "expected one of the keys 'descr', 'fortran_order' and 'shape', got 'foo'");
  EXPECT_EQ(headerError("{'shape': (), 'shape': ()}"),
            "expected the key 'shape' once, got it again");
  EXPECT_EQ(headerError("{'fortran_order': 1}"),
            "expected True or False for 'fortran_order', got 1");
  EXPECT_EQ(headerError("{'shape' ()}"), "expected ':' after the key 'shape', got ()");
  EXPECT_EQ(headerError("{'shape': () 'descr': '<f4'}"),
            "expected ',' or '}' in the header, got 'descr'");
  EXPECT_EQ(headerError("{'descr': '<f4', 'fortran_order': False, 'shape': ()} x"),
            "expected nothing behind the header's dictionary, got x");
}

TEST_F(Npy, RefusesOtherFiles) {
  EXPECT_EQ(error(), "cannot open: no such file or directory");
  writeBytes("");
  EXPECT_EQ(error(), "expected a .npy file, got an empty file");
  writeBytes("PK\3\4 some other format");
  EXPECT_EQ(error(), "expected a .npy file, got other data");
  writeBytes(std::string("\x93NUMPY\x04\x00\x00\x00", 10));
  EXPECT_EQ(error(), "expected format version 1.0, 2.0 or 3.0, got 4.0");
  writeBytes(std::string("\x93NUMPY\x02\x00\xff\xff\xff\xff", 12));
  EXPECT_EQ(error(), "expected a header of at most 0 bytes, got a length of 4294967295");
  path = directory;
  EXPECT_EQ(error(), "expected a regular file, got a directory");
  path = "/dev/null";
  EXPECT_EQ(error(), "expected a regular file, got a device");
}

TEST_F(Npy, WritesToDevicesAndReportsFailure) {
  HostTensor tensor = std::move(*HostTensor::allocate(ElementType::F32, {4}));
  EXPECT_TRUE(writeNpy("/dev/null", tensor).ok());
  EXPECT_EQ(writeNpy("/dev/full", tensor).message(),
            "/dev/full: cannot write: no space left on device");
  EXPECT_EQ(writeNpy(directory, tensor).message(),
            directory + ": expected a file to write to, got a directory");
  EXPECT_EQ(writeNpy(directory + "/a/x.npy", tensor).message(),
            directory + "/a/x.npy: cannot create a file beside it: no such file or directory");
}

TEST_F(Npy, KeepsLinks) {
  HostTensor tensor = std::move(*HostTensor::allocate(ElementType::F32, {4}));
  ASSERT_TRUE(writeNpy(path, tensor).ok());
  std::string link = directory + "/link.npy";
  fs::create_symlink("x.npy", link);
  ASSERT_TRUE(writeNpy(link, std::move(*HostTensor::allocate(ElementType::I8, {2}))).ok());
  EXPECT_TRUE(fs::is_symlink(link));
  EXPECT_EQ(readNpy(path)->typeString(), "2xi8");
}
