"""The numbers of a model: initializers and constants, in the file or beside it."""

import math
import os

import numpy
from onnx import TensorProto, numpy_helper

from . import types
from .errors import ModelError


def count_of(tensor):
    for size in tensor.dims:
        if size < 0:
            raise ModelError(f"tensor '{tensor.name}': expected sizes of at least 0, got {size}")
    return math.prod(tensor.dims)


def check(tensor, folder):
    """Raises an error if a tensor's numbers are not there, or not as many as its sizes say."""
    name = tensor.name
    if tensor.data_type == TensorProto.UNDEFINED or (
        tensor.data_type not in TensorProto.DataType.values()
    ):
        raise ModelError(f"tensor '{name}': expected an element type, got {tensor.data_type}")
    count = count_of(tensor)
    if tensor.data_location == TensorProto.EXTERNAL:
        locate(tensor, folder)
        return
    if tensor.data_type == TensorProto.STRING:
        return
    bits = 4 if types.name_of(tensor.data_type) in ("uint4", "int4", "float4e2m1") else None
    if tensor.HasField("raw_data"):
        size = (count + 1) // 2 if bits == 4 else count * types.describe(tensor.data_type)[1]
        if len(tensor.raw_data) != size:
            raise ModelError(
                f"tensor '{name}': expected {size} bytes for sizes {list(tensor.dims)}, "
                f"got {len(tensor.raw_data)}"
            )
        return
    lists = (
        tensor.float_data,
        tensor.int32_data,
        tensor.int64_data,
        tensor.double_data,
        tensor.uint64_data,
    )
    got = max(len(numbers) for numbers in lists)
    expected = (count + 1) // 2 if bits == 4 else count
    if got != expected:
        raise ModelError(
            f"tensor '{name}': expected {expected} numbers for sizes {list(tensor.dims)}, got {got}"
        )


def locate(tensor, folder):
    """The path, the offset and the number of bytes of external data, which must lie in the
    folder of the model."""
    name = tensor.name
    entries = {entry.key: entry.value for entry in tensor.external_data}
    location = entries.get("location")
    if not location:
        raise ModelError(f"tensor '{name}': expected a location of its external data, got none")
    if os.path.isabs(location) or ".." in location.replace("\\", "/").split("/"):
        raise ModelError(
            f"tensor '{name}': expected external data in the model's folder, got '{location}'"
        )
    root = os.path.realpath(folder)
    path = os.path.realpath(os.path.join(root, location))
    if os.path.commonpath([root, path]) != root:
        raise ModelError(
            f"tensor '{name}': expected external data in the model's folder, got '{location}', "
            f"which leads out of it"
        )
    if not os.path.isfile(path):
        raise ModelError(f"tensor '{name}': its external data '{location}' is no file")
    size = count_of(tensor) * types.describe(tensor.data_type)[1]
    offset = _number(entries, "offset", 0, name)
    length = _number(entries, "length", size, name)
    if length != size:
        raise ModelError(
            f"tensor '{name}': expected {size} bytes for sizes {list(tensor.dims)}, "
            f"got a length of {length}"
        )
    if offset + size > os.path.getsize(path):
        raise ModelError(
            f"tensor '{name}': expected {offset + size} bytes in '{location}', "
            f"got {os.path.getsize(path)}"
        )
    return path, offset, size


def _number(entries, key, otherwise, name):
    text = entries.get(key)
    if text is None:
        return otherwise
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise ModelError(f"tensor '{name}': expected a number as the {key}, got '{text}'")
    return int(text)


def read(tensor, folder):
    """A tensor as a NumPy array; bfloat16 as its bits."""
    dtype = numpy.dtype(types.describe(tensor.data_type)[2]).newbyteorder("<")
    if tensor.data_location == TensorProto.EXTERNAL:
        path, offset, _ = locate(tensor, folder)
        array = numpy.fromfile(path, dtype=dtype, count=count_of(tensor), offset=offset)
        return array.reshape(tuple(tensor.dims))
    check(tensor, folder)
    if tensor.HasField("raw_data"):
        return numpy.frombuffer(tensor.raw_data, dtype=dtype).reshape(tuple(tensor.dims))
    if tensor.data_type == TensorProto.BFLOAT16:
        return numpy.array(tensor.int32_data, dtype=numpy.uint16).reshape(tuple(tensor.dims))
    return numpy_helper.to_array(tensor)
