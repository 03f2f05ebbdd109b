"""Arrays of any library as numpy's, and element types by name."""

import numpy

from . import _core
from .errors import InputError

# The element types of the compiler that numpy has.
_DTYPES = {
    "f64": numpy.dtype("float64"),
    "f32": numpy.dtype("float32"),
    "f16": numpy.dtype("float16"),
    "i64": numpy.dtype("int64"),
    "i32": numpy.dtype("int32"),
    "i16": numpy.dtype("int16"),
    "i8": numpy.dtype("int8"),
    "i1": numpy.dtype("bool"),
}
_ELEMENTS = {dtype: element for element, dtype in _DTYPES.items()}


def dtype_of(element):
    """numpy's type for an element type: for bf16 that of ml_dtypes, or the bits where there is none."""
    if element in _DTYPES:
        return _DTYPES[element]
    if element != "bf16":
        raise InputError(f"expected an element type that numpy has, got {element}")
    try:
        from ml_dtypes import bfloat16
    except ImportError:
        return numpy.dtype("uint16")
    return numpy.dtype(bfloat16)


def element_of(dtype, what):
    """The element type of an array of numpy's; `what` names the array."""
    element = _ELEMENTS.get(dtype, "bf16" if dtype.name == "bfloat16" else None)
    if element is None:
        raise InputError(f"expected {', '.join(_DTYPES)} or bf16 as elements of {what}, got {dtype}")
    return element


def import_array(array, what):
    """A view of an array in the memory of the host as one of numpy's, and its element type. That of
    bf16 has the bits, as uint16."""
    if isinstance(array, numpy.ndarray):
        element = element_of(array.dtype, what)
        return (array.view(numpy.uint16) if element == "bf16" else array), element
    try:
        return _core.to_numpy(array)
    except InputError as error:
        raise InputError(f"{what}: {error}") from None


def make_dense(array):
    """The array in C order without gaps, copied if it is not."""
    return array if array.flags.c_contiguous else numpy.ascontiguousarray(array)


def is_channels_last(array):
    """Whether the channels, dimension 1, are without gaps the fastest in memory, and not only
    because of sizes of 1."""
    return not array.flags.c_contiguous and numpy.moveaxis(array, 1, -1).flags.c_contiguous


def give_back(result, element, like):
    """A result as an array of the library that `like` is of, if that has from_dlpack."""
    if element == "bf16":
        result = result.view(dtype_of(element))
    if isinstance(like, numpy.ndarray) or not hasattr(like, "__array_namespace__"):
        return result
    return like.__array_namespace__().from_dlpack(result)
