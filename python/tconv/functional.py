"""Transposed convolution as a function of arrays."""

import sys
from functools import lru_cache
from typing import Any, Optional, Sequence, Union

import numpy

from . import _arrays, _modules
from .errors import InputError
from .layer import Layer

Sizes = Union[int, Sequence[int]]
LAYOUTS = ("channels_first", "channels_last")


def spread(values, rank, name):
    """A number for each spatial dimension."""
    numbers = values if isinstance(values, (tuple, list)) else (values,)
    numbers = tuple(numbers) * (rank if len(numbers) == 1 else 1)
    if len(numbers) != rank or not all(isinstance(number, int) for number in numbers):
        raise InputError(f"expected an integer or {rank} of them as {name}, got {values!r}")
    return numbers


def spread_padding(padding, rank):
    """A pair for each spatial dimension: of a number for all, one or a pair for each."""
    entries = padding if isinstance(padding, (tuple, list)) else (padding,)
    entries = tuple(entries) * (rank if len(entries) == 1 else 1)
    pairs = tuple(entry if isinstance(entry, tuple) else (entry, entry) for entry in entries)
    numbers = [number for pair in pairs for number in pair]
    if (
        len(pairs) != rank
        or len(numbers) != 2 * rank
        or not all(isinstance(number, int) for number in numbers)
    ):
        raise InputError(
            f"expected an integer, or {rank} integers or pairs of them as padding, got {padding!r}"
        )
    return pairs


def output_padding_for(output_size, sizes, kernel, stride, padding, dilation):
    """The output padding that makes an output of these sizes."""
    chosen = []
    for want, size, k, s, (begin, end), d in zip(
        spread(output_size, len(sizes), "output_size"), sizes, kernel, stride, padding, dilation
    ):
        least = (size - 1) * s - begin - end + d * (k - 1) + 1
        if not least <= want < least + max(s, d):
            raise InputError(
                f"expected output_size from {least} to {least + max(s, d) - 1} for an input of {size}, "
                f"got {want}"
            )
        chosen.append(want - least)
    return tuple(chosen)


@lru_cache(maxsize=256)
def _compile(shape, kernel_shape, element, bias, channels_last, attributes):
    """The layer for an input [N, Ci, I...], wherever its channels are, and a filter."""
    stride, padding, output_padding, groups, dilation, output_size, activation = attributes
    rank = len(shape) - 2
    if not 1 <= rank <= 3:
        raise InputError(f"expected x of 3 to 5 dimensions, got {list(shape)}")
    if len(kernel_shape) != len(shape) or kernel_shape[0] != shape[1]:
        raise InputError(
            f"expected w[Ci, Co/groups, K...] with Ci = {shape[1]} and {rank} sizes K, got "
            f"{list(kernel_shape)}"
        )
    if not isinstance(groups, int) or groups < 1:
        raise InputError(f"expected groups of at least 1, got {groups!r}")
    kernel, sizes = kernel_shape[2:], shape[2:]
    stride, dilation = spread(stride, rank, "stride"), spread(dilation, rank, "dilation")
    padding = spread_padding(padding, rank)
    output_padding = spread(output_padding, rank, "output_padding")
    if output_size is not None:
        output_padding = output_padding_for(output_size, sizes, kernel, stride, padding, dilation)
    name, slope = _modules.parse_activation(activation)
    module = _modules.layer_module(
        shape[0],
        (shape[1], kernel_shape[1] * groups),
        sizes,
        kernel,
        element,
        stride=stride,
        padding=padding,
        output_padding=output_padding,
        dilation=dilation,
        groups=groups,
        bias=bias,
        channels_last=channels_last,
        activation=name,
        slope=slope,
    )
    return Layer(module)


def _freeze(value):
    return tuple(map(_freeze, value)) if isinstance(value, (list, tuple)) else value


def conv_transpose(
    x: Any,
    w: Any,
    bias: Optional[Any] = None,
    stride: Sizes = 1,
    padding: Any = 0,
    output_padding: Sizes = 0,
    groups: int = 1,
    dilation: Sizes = 1,
    output_size: Optional[Sizes] = None,
    activation: Any = None,
    layout: str = "channels_first",
) -> Any:
    """Transposed convolution in one, two or three dimensions.

    The code for these sizes is compiled at the first call, and kept. For a filter that stays the same
    `tconv.compile` is faster: it packs the filter once.

    Args:
        x: the input [N, Ci, I...], or [N, I..., Ci] with layout="channels_last": an array with DLPack
            or the buffer protocol, in the memory of the host; f64, f32, f16, bf16 (of ml_dtypes in
            numpy) or i8. It is not copied if it is in C order, or in the other layout's.
        w: the filter [Ci, Co/groups, K...] of the same type.
        bias: [Co], of the type of the result.
        stride, dilation, output_padding: a number, or one for each spatial dimension.
        padding: a number, or one or a pair (begin, end) for each spatial dimension; may be negative.
        groups: how many groups the channels are in.
        output_size: the spatial sizes of the result, in place of output_padding.
        activation: None, "relu", "leaky_relu", ("leaky_relu", slope), "tanh", "sigmoid", "silu" or
            "gelu", computed where results are stored.
        layout: "channels_first" or "channels_last", of x and the result.

    Returns:
        The result [N, Co, O...], or [N, O..., Co], O = (I - 1)*stride - padding of both ends +
        dilation*(K - 1) + output_padding + 1; of the type of x, i32 for i8; an array of the library of
        x if that has from_dlpack, and of numpy otherwise.

    Raises:
        InputError: shapes, types or numbers do not fit; the message says which.
    """
    if "torch" in sys.modules and isinstance(x, sys.modules["torch"].Tensor):
        from .torch import conv_transpose as of_torch

        return of_torch(
            x, w, bias, stride, padding, output_padding, groups, dilation, output_size, activation, layout
        )
    if layout not in LAYOUTS:
        raise InputError(f"expected {' or '.join(LAYOUTS)} as the layout, got {layout!r}")
    attributes = (stride, padding, output_padding, groups, dilation, output_size, activation)
    return _compute(x, w, bias, layout, tuple(map(_freeze, attributes)))


def _compute(x, w, bias, layout, attributes):
    view, element = _arrays.import_array(x, "x")
    filters, filter_element = _arrays.import_array(w, "w")
    if element != filter_element:
        raise InputError(f"expected w of {element} like x, got {filter_element}")
    if view.ndim < 3:
        raise InputError(f"expected x of 3 to 5 dimensions, got {list(view.shape)}")
    if layout == "channels_last":
        view = numpy.moveaxis(view, -1, 1)
    is_last = (
        layout == "channels_last" if view.flags.c_contiguous else _arrays.is_channels_last(view)
    )
    layer = _compile(view.shape, filters.shape, element, bias is not None, is_last, attributes)
    operands = [numpy.moveaxis(view, 1, -1) if is_last else view, filters]
    operands += [] if bias is None else [_arrays.import_array(bias, "bias")[0]]
    (result,) = layer.run_arrays(tuple(map(_arrays.make_dense, operands)))
    if is_last != (layout == "channels_last"):
        result = numpy.moveaxis(result, -1, 1) if is_last else numpy.moveaxis(result, 1, -1)
    return _arrays.give_back(result, layer.results[0].element, x)
