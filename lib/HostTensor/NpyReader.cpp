//===- NpyReader.cpp - Reading NumPy .npy files -----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Checks everything that the header claims against the size of the file before a
// tensor is allocated.
//
//===----------------------------------------------------------------------===//

#include "NpyHeader.h"
#include "tconv/HostTensor/Npy.h"
#include "tconv/Support/File.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace tconv {
namespace {

static_assert(std::endian::native == std::endian::little,
              "the data of a .npy file is taken over as it is");

/// The text of the header and the number of bytes before the data.
struct RawHeader {
  std::string text;
  uint64_t dataOffset;
};

/// The size in bytes of the field that gives the length of the header; 0 if the
/// version is unknown.
uint64_t lengthFieldSize(std::byte major, std::byte minor) {
  if (minor != std::byte(0))
    return 0;
  if (major == std::byte(1))
    return 2;
  return major == std::byte(2) || major == std::byte(3) ? 4 : 0;
}

Error notNpy(const std::string &path, uint64_t size) {
  return Error{path + ": expected a .npy file, got " +
               (size == 0 ? "an empty file" : "other data")};
}

Result<RawHeader> readHeader(File &file, const std::string &path) {
  std::array<std::byte, 12> start{};
  uint64_t versionEnd = npy::magic.size() + 2;
  if (file.size() < versionEnd + 2)
    return notNpy(path, file.size());
  if (Status read = file.read(start.data(), versionEnd); !read)
    return read.error();
  if (std::memcmp(start.data(), npy::magic.data(), npy::magic.size()) != 0)
    return notNpy(path, file.size());

  std::byte major = start[npy::magic.size()], minor = start[npy::magic.size() + 1];
  uint64_t fieldSize = lengthFieldSize(major, minor);
  if (fieldSize == 0)
    return Error{path + ": expected format version 1.0, 2.0 or 3.0, got " +
                 std::to_string(std::to_integer<int>(major)) + "." +
                 std::to_string(std::to_integer<int>(minor))};
  uint64_t offset = versionEnd + fieldSize;
  if (file.size() < offset)
    return notNpy(path, file.size());
  if (Status read = file.read(start.data() + versionEnd, fieldSize); !read)
    return read.error();
  uint64_t length = 0;
  std::memcpy(&length, start.data() + versionEnd, fieldSize);

  uint64_t longest = std::min(file.size() - offset, npy::maxHeaderSize);
  if (length > longest)
    return Error{path + ": expected a header of at most " + std::to_string(longest) +
                 " bytes, got a length of " + std::to_string(length)};
  RawHeader header{std::string(length, ' '), offset + length};
  if (Status read = file.read(reinterpret_cast<std::byte *>(header.text.data()), length); !read)
    return read.error();
  return header;
}

/// Reorders from Fortran to C order.
Result<HostTensor> toCOrder(const HostTensor &fortran) {
  Result<HostTensor> tensor = HostTensor::allocate(fortran.type(), fortran.shape());
  if (!tensor)
    return tensor;
  const std::vector<int64_t> &shape = fortran.shape();
  std::vector<int64_t> index(shape.size(), 0), stride(shape.size(), 1);
  for (size_t axis = 1; axis < shape.size(); ++axis)
    stride[axis] = stride[axis - 1] * shape[axis - 1];

  int64_t width = byteSize(fortran.type()), from = 0;
  for (int64_t to = 0, e = tensor->numElements(); to != e; ++to) {
    std::memcpy(tensor->data() + to * width, fortran.data() + from * width, width);
    for (size_t axis = shape.size(); axis-- != 0;) {
      from += stride[axis];
      if (++index[axis] != shape[axis])
        break;
      from -= stride[axis] * shape[axis];
      index[axis] = 0;
    }
  }
  return tensor;
}

/// Makes every true value a 1, as generated code expects.
void normalizeBooleans(HostTensor &tensor) {
  if (tensor.type() != ElementType::I1)
    return;
  for (int64_t i = 0, e = tensor.numElements(); i != e; ++i)
    tensor.setInt(i, tensor.intAt(i));
}

/// Turns the bytes of each element around.
void swapBytes(HostTensor &tensor) {
  const int64_t width = byteSize(tensor.type());
  for (std::byte *element = tensor.data(), *end = element + tensor.sizeInBytes(); element != end;
       element += width)
    std::reverse(element, element + width);
}

/// A tensor has no unsigned elements: bytes above 127 would be read as negative numbers.
Status checkUnsigned(const HostTensor &tensor) {
  for (int64_t i = 0, e = tensor.numElements(); i != e; ++i)
    if (int64_t value = tensor.intAt(i); value < 0)
      return Error{"expected numbers up to 127 in an array of uint8, since i8 is signed, got " +
                   std::to_string(value + 256) +
                   "; of an array a, numpy makes one for a layer of floats by a.astype('float32')"};
  return success();
}

/// Allocates and reads the tensor; messages do not all name the file yet.
Result<HostTensor> readData(File &file, const npy::Header &header) {
  Result<HostTensor> tensor = HostTensor::allocate(header.type, header.shape);
  if (!tensor)
    return tensor;
  if (Status read = file.read(tensor->data(), tensor->sizeInBytes()); !read)
    return read.error();
  if (header.bigEndian)
    swapBytes(*tensor);
  if (Status status = header.isUnsigned ? checkUnsigned(*tensor) : success(); !status)
    return status.error();
  normalizeBooleans(*tensor);
  bool reorder = header.fortranOrder && header.shape.size() > 1;
  return reorder ? toCOrder(*tensor) : std::move(tensor);
}

Error inFile(const std::string &path, const std::string &message) {
  bool named = message.compare(0, path.size() + 1, path + ":") == 0;
  return Error{named ? message : path + ": " + message};
}

} // namespace

Result<HostTensor> readNpy(const std::string &path) {
  Result<File> file = File::openRegular(path);
  if (!file)
    return file.error();
  Result<RawHeader> raw = readHeader(*file, path);
  if (!raw)
    return raw.error();
  Result<npy::Header> header = npy::parseHeader(raw->text);
  if (!header)
    return inFile(path, header.message());
  Result<int64_t> size = tensorByteSize(header->type, header->shape);
  if (!size)
    return inFile(path, size.message());

  uint64_t available = file->size() - raw->dataOffset;
  if (static_cast<uint64_t>(*size) != available)
    return Error{path + ": expected " + std::to_string(*size) + " bytes of data for " +
                 typeString(header->type, header->shape) + ", got " + std::to_string(available)};
  Result<HostTensor> tensor = readData(*file, *header);
  if (!tensor)
    return inFile(path, tensor.message());
  return tensor;
}

} // namespace tconv
