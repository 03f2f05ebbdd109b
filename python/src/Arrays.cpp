//===- Arrays.cpp - Arrays of Python's as those of C ----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Arrays.h"

#include "Errors.h"

#include <algorithm>
#include <array>

namespace nb = nanobind;
using namespace tconv::python;

namespace {

using Code = nb::dlpack::dtype_code;

struct ElementType {
  const char *name;
  Code code;
  uint8_t bits;
  /// The same for numpy, if it does not have the type.
  Code numpyCode;
};

constexpr ElementType elementTypes[] = {
    {"f64", Code::Float, 64, Code::Float}, {"f32", Code::Float, 32, Code::Float},
    {"f16", Code::Float, 16, Code::Float}, {"bf16", Code::Bfloat, 16, Code::UInt},
    {"i64", Code::Int, 64, Code::Int},     {"i32", Code::Int, 32, Code::Int},
    {"i16", Code::Int, 16, Code::Int},     {"i8", Code::Int, 8, Code::Int},
    {"i1", Code::Bool, 8, Code::Bool},
};

const ElementType &findType(const std::string &name) {
  auto *found = std::find_if(std::begin(elementTypes), std::end(elementTypes),
                             [&](const ElementType &type) { return name == type.name; });
  if (found == std::end(elementTypes))
    raiseInputError("expected an element type that Python has, got " + name);
  return *found;
}

bool fits(const nb::dlpack::dtype &given, const ElementType &type) {
  auto code = static_cast<Code>(given.code);
  return given.lanes == 1 && given.bits == type.bits &&
         (code == type.code || code == type.numpyCode);
}

/// "float32", as numpy calls it.
std::string describe(const nb::dlpack::dtype &type) {
  static constexpr const char *names[] = {"int",    "uint",    "float", "handle",
                                          "bfloat", "complex", "bool"};
  std::string name = type.code < std::size(names) ? names[type.code] : "type";
  return type.code == static_cast<uint8_t>(Code::Bool) ? name : name + std::to_string(type.bits);
}

/// Whether the elements are in C order without gaps; sizes of 1 have any stride.
bool isDense(const Array &array) {
  int64_t expected = 1;
  if (array.size() == 0)
    return true;
  for (size_t dim = array.ndim(); dim-- > 0;) {
    auto size = static_cast<int64_t>(array.shape(dim));
    if (size != 1 && array.stride(dim) != expected)
      return false;
    expected *= size;
  }
  return true;
}

Array importAny(nb::handle object, const std::string &what) {
  Array array;
  if (!nb::try_cast<Array>(object, array) || !array.is_valid())
    raiseInputError("expected an array with DLPack or the buffer protocol as " + what + ", got " +
                    nb::type_name(object.type()).c_str());
  if (array.device_type() != nb::device::cpu::value)
    raiseInputError("expected " + what + " in the memory of the host, got one of a device");
  return array;
}

} // namespace

bool TensorType::isStatic() const {
  return std::all_of(shape.begin(), shape.end(), [](int64_t size) { return size >= 0; });
}

std::string TensorType::str() const {
  std::string text;
  for (int64_t size : shape)
    text += (size < 0 ? "?" : std::to_string(size)) + "x";
  return text + element;
}

Array tconv::python::importArray(nb::handle object, const TensorType &type,
                                 const std::string &what) {
  Array array = importAny(object, what);
  if (!fits(array.dtype(), findType(type.element)))
    raiseInputError("expected " + type.str() + " as " + what + ", got elements of " +
                    describe(array.dtype()));
  if (!isDense(array))
    raiseInputError("expected " + what + " in C order without gaps, got other strides");
  return array;
}

nb::tuple tconv::python::toNumpy(nb::handle object) {
  Array array = importAny(object, "the operand");
  auto *type =
      std::find_if(std::begin(elementTypes), std::end(elementTypes), [&](const ElementType &entry) {
        return array.dtype().lanes == 1 && array.dtype().bits == entry.bits &&
               static_cast<Code>(array.dtype().code) == entry.code;
      });
  if (type == std::end(elementTypes))
    raiseInputError("expected f64, f32, f16, bf16, i64, i32, i16, i8 or i1 as elements, got " +
                    describe(array.dtype()));
  std::vector<size_t> shape(array.ndim());
  for (size_t dim = 0; dim < shape.size(); ++dim)
    shape[dim] = array.shape(dim);
  nb::dlpack::dtype dtype{static_cast<uint8_t>(type->numpyCode), type->bits, 1};
  nb::ndarray<nb::numpy, nb::ro> view(array.data(), shape.size(), shape.data(), nb::cast(array),
                                      array.stride_ptr(), dtype);
  return nb::make_tuple(nb::cast(view), type->name);
}

TconvArray tconv::python::viewArray(const Array &array) {
  return {const_cast<void *>(array.data()), static_cast<int>(array.ndim()),
          const_cast<int64_t *>(array.shape_ptr())};
}

nb::object tconv::python::giveArray(const TconvArray &array, const TensorType &type) {
  nb::capsule owner(array.data, [](void *data) noexcept { tconvArrayFree(data); });
  const ElementType &element = findType(type.element);
  nb::dlpack::dtype dtype{static_cast<uint8_t>(element.numpyCode), element.bits, 1};
  std::vector<size_t> shape(array.shape, array.shape + array.rank);
  nb::ndarray<nb::numpy> result(array.data, shape.size(), shape.data(), owner, nullptr, dtype);
  return nb::cast(result);
}
