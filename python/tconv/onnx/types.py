"""Element types of ONNX, of MLIR and of NumPy."""

import numpy
from onnx import TensorProto

from .errors import UnsupportedError

# ONNX's number: MLIR's name, bytes, NumPy's type. bfloat16 is its bits.
_TYPES = {
    TensorProto.FLOAT: ("f32", 4, numpy.float32),
    TensorProto.DOUBLE: ("f64", 8, numpy.float64),
    TensorProto.FLOAT16: ("f16", 2, numpy.float16),
    TensorProto.BFLOAT16: ("bf16", 2, numpy.uint16),
    TensorProto.INT64: ("i64", 8, numpy.int64),
    TensorProto.INT32: ("i32", 4, numpy.int32),
    TensorProto.INT16: ("i16", 2, numpy.int16),
    TensorProto.INT8: ("i8", 1, numpy.int8),
    TensorProto.UINT8: ("ui8", 1, numpy.uint8),
    TensorProto.UINT16: ("ui16", 2, numpy.uint16),
    TensorProto.BOOL: ("i1", 1, numpy.bool_),
}


def name_of(onnx_type):
    """How ONNX calls an element type."""
    known = onnx_type in TensorProto.DataType.values()
    return TensorProto.DataType.Name(onnx_type).lower() if known else str(onnx_type)


def describe(onnx_type):
    """MLIR's name, the number of bytes and NumPy's type."""
    if onnx_type not in _TYPES:
        raise UnsupportedError(f"tensors of {name_of(onnx_type)} are not supported")
    return _TYPES[onnx_type]


def mlir_name(onnx_type):
    return describe(onnx_type)[0]


def onnx_type_of(array):
    """ONNX's number of a NumPy array's type."""
    for number, (_, _, dtype) in _TYPES.items():
        if number != TensorProto.BFLOAT16 and array.dtype == dtype:
            return number
    raise UnsupportedError(f"arrays of {array.dtype} are not supported")


def is_float(onnx_type):
    return onnx_type in (
        TensorProto.FLOAT,
        TensorProto.DOUBLE,
        TensorProto.FLOAT16,
        TensorProto.BFLOAT16,
    )
