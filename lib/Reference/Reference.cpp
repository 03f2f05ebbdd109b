//===- Reference.cpp - Transposed convolution by definition -----*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every rank is computed with three spatial dimensions, the missing ones in front with
// size 1 and neutral attributes. Within, the channels are innermost in all operands,
// so that the innermost loop runs over adjacent output channels.
//
//===----------------------------------------------------------------------===//

#include "tconv/Reference/Reference.h"

#include "Problem.h"

#include <algorithm>
#include <cmath>
#include <type_traits>

namespace tconv {
namespace {

using reference::Problem;
using reference::Triple;
using reference::volume;

/// The operands and sums of one computation, all of them with channels innermost:
/// x[n][i][ci], w[k][ci][co'], value and magnitude[n][o][co].
struct Work {
  HostTensor input, filter, value, magnitude;
};

template <typename T> T *elements(HostTensor &tensor) {
  return reinterpret_cast<T *>(tensor.data());
}

/// Copies `from`, seen as [outer][rows][columns], to [outer][columns][rows].
void copyTransposed(const HostTensor &from, HostTensor &to, int64_t rows, int64_t columns) {
  bool floats = isFloat(from.type());
  int64_t block = rows * columns;
  for (int64_t i = 0, e = from.numElements(); i != e; ++i) {
    int64_t rest = i % block;
    int64_t target = i - rest + rest % columns * rows + rest / columns;
    if (floats)
      to.set(target, from.at(i));
    else
      to.setInt(target, from.intAt(i));
  }
}

/// The taps k with 0 <= start + k*dilation < size.
struct TapRange {
  int64_t begin, end;
};

TapRange tapsInside(int64_t start, int64_t dilation, int64_t kernel, int64_t size) {
  int64_t begin = start < 0 ? (-start + dilation - 1) / dilation : 0;
  int64_t end = start < size ? (size - start + dilation - 1) / dilation : 0;
  return {begin, std::min(kernel, end)};
}

/// Adds x * w[co] to every output channel of one group. Sums of integers wrap.
template <typename T>
void addScaled(T x, const T *w, int64_t channels, T *value, double *magnitude) {
  for (int64_t co = 0; co != channels; ++co) {
    T product = x * w[co];
    value[co] += product;
    if constexpr (std::is_floating_point_v<T>)
      magnitude[co] += std::abs(product);
  }
}

/// Adds one input element, all its channels, times one tap, to one output element.
template <typename T>
void addTap(const Problem &problem, const T *x, const T *w, T *value, double *magnitude) {
  int64_t outputs = problem.groupOutputChannels;
  int64_t inputs = problem.inputChannels / problem.groups;
  for (int64_t group = 0; group != problem.groups; ++group) {
    for (int64_t ci = 0; ci != inputs; ++ci, ++x, w += outputs)
      addScaled(*x, w, outputs, value, magnitude);
    value += outputs;
    if (magnitude)
      magnitude += outputs;
  }
}

int64_t flatten(const Triple &index, const Triple &size) {
  return (index[0] * size[1] + index[1]) * size[2] + index[2];
}

/// Stamps the kernel, scaled by the input element at `i`, onto image `n`.
template <typename T> void stamp(const Problem &problem, Work &work, int64_t n, const Triple &i) {
  Triple start;
  TapRange range[3];
  for (int axis = 0; axis != 3; ++axis) {
    start[axis] = i[axis] * problem.stride[axis] - problem.paddingBegin[axis];
    range[axis] =
        tapsInside(start[axis], problem.dilation[axis], problem.kernel[axis], problem.output[axis]);
  }
  int64_t tapSize = problem.inputChannels * problem.groupOutputChannels;
  int64_t from = n * volume(problem.input) + flatten(i, problem.input);
  const T *x = elements<T>(work.input) + from * problem.inputChannels;
  double *magnitudes = elements<double>(work.magnitude);
  Triple k;
  for (k[0] = range[0].begin; k[0] < range[0].end; ++k[0])
    for (k[1] = range[1].begin; k[1] < range[1].end; ++k[1])
      for (k[2] = range[2].begin; k[2] < range[2].end; ++k[2]) {
        Triple o;
        for (int axis = 0; axis != 3; ++axis)
          o[axis] = start[axis] + k[axis] * problem.dilation[axis];
        int64_t to = n * volume(problem.output) + flatten(o, problem.output);
        to *= problem.outputChannels();
        addTap(problem, x, elements<T>(work.filter) + flatten(k, problem.kernel) * tapSize,
               elements<T>(work.value) + to, magnitudes ? magnitudes + to : nullptr);
      }
}

template <typename T> void scatter(const Problem &problem, Work &work) {
  const Triple &size = problem.input;
  for (int64_t n = 0; n != problem.batch; ++n)
    for (int64_t i0 = 0; i0 != size[0]; ++i0)
      for (int64_t i1 = 0; i1 != size[1]; ++i1)
        for (int64_t i2 = 0; i2 != size[2]; ++i2)
          stamp<T>(problem, work, n, {i0, i1, i2});
}

void initializeWithBias(const HostTensor &bias, Work &work) {
  int64_t channels = bias.numElements();
  bool floats = isFloat(bias.type());
  for (int64_t i = 0, e = work.value.numElements(); i != e; ++i) {
    if (!floats) {
      work.value.setInt(i, bias.intAt(i % channels));
      continue;
    }
    work.value.set(i, bias.at(i % channels));
    work.magnitude.set(i, std::abs(bias.at(i % channels)));
  }
}

/// Tensors of zeros in the order of the work, the output's included.
Result<Work> allocateWork(const Problem &problem, const HostTensor &input,
                          const HostTensor &filter) {
  bool floats = isFloat(input.type());
  ElementType type = floats ? ElementType::F64 : ElementType::I32;
  Result<HostTensor> x = HostTensor::allocate(type, input.shape());
  Result<HostTensor> w = HostTensor::allocate(type, filter.shape());
  Result<HostTensor> y = HostTensor::allocate(type, problem.outputShape);
  Result<HostTensor> m = floats ? HostTensor::allocate(type, problem.outputShape) : HostTensor();
  for (const Result<HostTensor> *tensor : {&x, &w, &y, &m})
    if (!*tensor)
      return tensor->error();
  return Work{std::move(*x), std::move(*w), std::move(*y), std::move(*m)};
}

/// `tensor`, of the output's shape and channels innermost, in the order of the result.
Result<HostTensor> inResultOrder(const Problem &problem, HostTensor tensor) {
  if (problem.channelsLast || tensor.numElements() == 0)
    return tensor;
  Result<HostTensor> ordered = HostTensor::allocate(tensor.type(), problem.outputShape);
  if (ordered)
    copyTransposed(tensor, *ordered, volume(problem.output), problem.outputChannels());
  return ordered;
}

/// Bytes as numbers less a zero point.
void subtractZeroPoint(HostTensor &tensor, int64_t zeroPoint, bool isUnsigned) {
  for (int64_t i = 0, e = tensor.numElements(); i != e; ++i) {
    int64_t number = tensor.intAt(i);
    tensor.setInt(i, (isUnsigned && number < 0 ? number + 256 : number) - zeroPoint);
  }
}

Result<Work> compute(const Problem &problem, const HostTensor &input, const HostTensor &filter,
                     const HostTensor *bias) {
  Result<Work> work = allocateWork(problem, input, filter);
  if (!work)
    return work;
  int64_t positions = problem.channelsLast ? 1 : volume(problem.input);
  copyTransposed(input, work->input, problem.inputChannels, positions);
  // [Ci, Co/G, K...] to [K..., Ci, Co/G]: the first two dimensions move as one.
  copyTransposed(filter, work->filter, problem.inputChannels * problem.groupOutputChannels,
                 volume(problem.kernel));
  if (bias)
    initializeWithBias(*bias, *work);
  if (!isFloat(input.type())) {
    subtractZeroPoint(work->input, problem.inputZeroPoint, problem.inputUnsigned);
    subtractZeroPoint(work->filter, problem.filterZeroPoint, /*isUnsigned=*/false);
  }
  if (isFloat(input.type()))
    scatter<double>(problem, *work);
  else
    scatter<uint32_t>(problem, *work);
  return work;
}

bool isSubnormal(double value) { return value != 0 && std::abs(value) < 0x1p-126; }

bool hasSubnormals(const HostTensor &tensor) {
  for (int64_t i = 0, e = tensor.numElements(); i != e; ++i)
    if (isSubnormal(tensor.at(i)))
      return true;
  return false;
}

Result<HostTensor> withoutSubnormals(const HostTensor &tensor) {
  Result<HostTensor> flushed = tensor.clone();
  for (int64_t i = 0, e = flushed ? flushed->numElements() : 0; i != e; ++i)
    if (isSubnormal(flushed->at(i)))
      flushed->set(i, 0);
  return flushed;
}

/// The part of `magnitude` that is of products with a subnormal factor; no elements if there
/// are none.
Result<HostTensor> subnormalMagnitude(const Problem &problem, const HostTensor &input,
                                      const HostTensor &filter, const HostTensor *bias,
                                      const HostTensor &magnitude) {
  if (input.type() != ElementType::BF16 || !(hasSubnormals(input) || hasSubnormals(filter)))
    return HostTensor();
  Result<HostTensor> x = withoutSubnormals(input), w = withoutSubnormals(filter);
  if (!x || !w)
    return x ? w.error() : x.error();
  Result<Work> normal = compute(problem, *x, *w, bias);
  if (!normal)
    return normal.error();
  for (int64_t i = 0, e = magnitude.numElements(); i != e; ++i)
    normal->magnitude.set(i, std::max(magnitude.at(i) - normal->magnitude.at(i), 0.0));
  return inResultOrder(problem, std::move(normal->magnitude));
}

} // namespace

Result<ReferenceResult> referenceConvTranspose(const HostTensor &input, const HostTensor &filter,
                                               const HostTensor *bias,
                                               const ConvTransposeAttributes &attributes) {
  Result<Problem> problem = reference::makeProblem(input, filter, bias, attributes);
  if (!problem)
    return problem.error();
  Result<Work> work = compute(*problem, input, filter, bias);
  if (!work)
    return work.error();

  Result<HostTensor> subnormal = subnormalMagnitude(*problem, input, filter, bias, work->magnitude);
  if (!subnormal)
    return subnormal.error();
  Result<HostTensor> value = inResultOrder(*problem, std::move(work->value));
  Result<HostTensor> magnitude = inResultOrder(*problem, std::move(work->magnitude));
  if (!value || !magnitude)
    return value ? magnitude.error() : value.error();
  return ReferenceResult{std::move(*value), std::move(*magnitude), std::move(*subnormal),
                         problem->terms};
}

} // namespace tconv
