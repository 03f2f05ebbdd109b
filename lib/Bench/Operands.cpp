//===- Operands.cpp - The tensors of a layer ------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Files have one type and one layout, so that all programs that are compared can read
// and write the same ones. What a layer wants is made of them outside of the timing.
//
//===----------------------------------------------------------------------===//

#include "Operands.h"

#include "tconv/HostTensor/Npy.h"
#include "tconv/HostTensor/Random.h"

#include <cerrno>
#include <cstring>
#include <fstream>

using namespace tconv;
using namespace tconv::bench;

namespace {

Result<HostTensor> convert(HostTensor tensor, ElementType type) {
  if (tensor.type() == type)
    return tensor;
  Result<HostTensor> converted = HostTensor::allocate(type, tensor.shape());
  if (converted)
    for (int64_t i = 0; i < tensor.numElements(); ++i)
      converted->set(i, tensor.at(i));
  return converted;
}

/// Exchanges the two inner dimensions of a tensor [batch, rows, columns], and gives the
/// result its shape.
Result<HostTensor> transpose(const HostTensor &tensor, int64_t rows, int64_t columns,
                             const std::vector<int64_t> &shape) {
  Result<HostTensor> result = HostTensor::allocate(tensor.type(), shape);
  if (!result)
    return result;
  int64_t size = byteSize(tensor.type());
  for (int64_t i = 0; i < tensor.numElements(); ++i) {
    int64_t batch = i / (rows * columns), row = i / columns % rows, column = i % columns;
    int64_t to = (batch * columns + column) * rows + row;
    std::memcpy(result->data() + to * size, tensor.data() + i * size, size);
  }
  return result;
}

int64_t numPositions(const Problem &problem, int64_t DimGeometry::*size) {
  int64_t positions = 1;
  for (const DimGeometry &dim : problem.geometry.dims)
    positions *= dim.*size;
  return positions;
}

/// A file's tensor, of f32 and this shape, in the type of the operand.
Result<HostTensor> readOperand(const std::string &path, const std::vector<int64_t> &shape,
                               ElementType type) {
  Result<HostTensor> tensor = readNpy(path);
  if (!tensor)
    return tensor;
  if (tensor->type() != ElementType::F32 || tensor->shape() != shape)
    return Error{path + ": expected " + typeString(ElementType::F32, shape) + ", got " +
                 tensor->typeString()};
  return convert(std::move(*tensor), type);
}

Result<HostTensor> readInput(const Problem &problem, const std::string &path) {
  Problem first = problem;
  first.layout = TensorLayout::ChannelsFirst;
  Result<HostTensor> input = readOperand(path, first.inputShape(), problem.type);
  if (!input || problem.layout == TensorLayout::ChannelsFirst)
    return input;
  return transpose(*input, problem.geometry.inputChannels,
                   numPositions(problem, &DimGeometry::input), problem.inputShape());
}

} // namespace

Result<std::vector<HostTensor>> bench::randomOperands(const Problem &problem) {
  std::vector<HostTensor> operands;
  auto add = [&](ElementType type, const std::vector<int64_t> &shape) {
    Result<HostTensor> tensor = HostTensor::allocate(type, shape);
    if (!tensor)
      return Status(tensor.error());
    fillRandom(*tensor, operands.size());
    operands.push_back(std::move(*tensor));
    return success();
  };
  if (Status status = add(problem.type, problem.inputShape()); !status)
    return status.error();
  if (Status status = add(problem.type, problem.filterShape()); !status)
    return status.error();
  if (problem.bias)
    if (Status status = add(problem.resultType(), problem.biasShape()); !status)
      return status.error();
  return operands;
}

Result<std::vector<HostTensor>> bench::readOperands(const Problem &problem,
                                                    const std::string &folder) {
  if (!isFloat(problem.type))
    return Error{"expected a floating-point layer with --data, got one of " +
                 std::string(name(problem.type))};
  std::vector<Result<HostTensor>> read;
  read.push_back(readInput(problem, folder + "/x.npy"));
  read.push_back(readOperand(folder + "/w.npy", problem.filterShape(), problem.type));
  if (problem.bias)
    read.push_back(readOperand(folder + "/b.npy", problem.biasShape(), problem.type));
  std::vector<HostTensor> operands;
  for (Result<HostTensor> &tensor : read) {
    if (!tensor)
      return tensor.error();
    operands.push_back(std::move(*tensor));
  }
  return operands;
}

Status bench::writeRaw(const Problem &problem, const HostTensor &result, const std::string &path) {
  Problem first = problem;
  first.layout = TensorLayout::ChannelsFirst;
  bool last = problem.layout == TensorLayout::ChannelsLast;
  Result<HostTensor> tensor = last ? transpose(result, numPositions(problem, &DimGeometry::output),
                                               problem.geometry.outputChannels, first.outputShape())
                                   : result.clone();
  if (tensor)
    tensor = convert(std::move(*tensor), ElementType::F32);
  if (!tensor)
    return tensor.error();
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char *>(tensor->data()), tensor->sizeInBytes());
  file.close();
  return file ? success() : Status(Error{path + ": " + std::strerror(errno)});
}
