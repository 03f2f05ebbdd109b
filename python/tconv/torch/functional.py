"""Functions like those of torch.nn.functional."""

import torch

from .. import _modules
from ..errors import InputError
from ..functional import LAYOUTS, output_padding_for, spread
from . import kernels, ops
from .direct import is_plain, is_transformed, is_unobserved

# How many combinations of arguments are remembered.
_MAX_SAID = 1024


def _spread(values, rank, name):
    # Sizes that torch.compile and torch.export leave open are no integers.
    if isinstance(values, (tuple, list)) and len(values) == rank:
        return tuple(values)
    return spread(values, rank, name)


# What arguments say, by themselves: most calls have the same ones again.
_said = {}


def _numbers(rank, stride, padding, output_padding, dilation, activation):
    """(stride, padding, output_padding, dilation) with an entry for each dimension, and the activation
    and its slope."""
    key = rank, stride, padding, output_padding, dilation, activation
    if not torch.compiler.is_compiling():
        try:
            return _said[key]
        except (KeyError, TypeError):  # not seen yet, or lists
            pass
    name, slope = _modules.parse_activation(activation)
    found = (
        _spread(stride, rank, "stride"),
        _spread(padding, rank, "padding"),
        _spread(output_padding, rank, "output_padding"),
        _spread(dilation, rank, "dilation"),
        name or "none",
        slope,
    )
    if torch.compiler.is_compiling():
        return found
    try:
        if len(_said) < _MAX_SAID:
            _said[key] = found
    except TypeError:
        pass
    return found


def call(input, weight, bias, stride, padding, output_padding, groups, dilation, activation="none", slope=0.01):
    """The operation, also of an input without a batch. The numbers are tuples."""
    if is_unobserved(input, weight, bias):
        numbers = (stride, padding, output_padding, groups, dilation, activation, slope)
        kernel = kernels.find_last(input, weight, bias, numbers)
        if kernel is not None:
            return kernel(input, weight, bias)
        if is_plain(weight) and input.dim() == weight.dim():
            return ops.compute(input, weight, bias, *numbers, False)
    if is_transformed() or (input.dtype not in kernels.ELEMENTS and activation == "none"):
        return ops.by_torch(
            input, weight, bias, stride, padding, output_padding, groups, dilation, activation, slope
        )
    has_batch = input.dim() != weight.dim() - 1
    y = torch.ops.tconv.conv_transpose.default(
        input if has_batch else input.unsqueeze(0),
        weight,
        bias,
        stride,
        padding,
        output_padding,
        groups,
        dilation,
        activation,
        slope,
        changes(weight),
    )
    return y if has_batch else y.squeeze(0)


def changes(weight):
    """Whether a filter is being trained: what it was packed to would not be used again. Who trains may
    also change it behind its version counter's back, as gradcheck does."""
    return torch.is_grad_enabled() and weight.requires_grad


def conv_transpose(
    input,
    weight,
    bias=None,
    stride=1,
    padding=0,
    output_padding=0,
    groups=1,
    dilation=1,
    output_size=None,
    activation=None,
    layout="channels_first",
):
    """Transposed convolution of tensors in one, two or three dimensions.

    Args:
        input: [N, Ci, I...] or [Ci, I...], in any memory format; [N, I..., Ci] with
            layout="channels_last".
        weight: [Ci, Co/groups, K...]. It is packed once, and again when its version counter has changed.
        bias: [Co].
        stride, padding, output_padding, dilation: a number, or one for each spatial dimension.
        output_size: the spatial sizes of the result, in place of output_padding.
        activation: None, "relu", "leaky_relu", ("leaky_relu", slope), "tanh", "sigmoid", "silu" or
            "gelu", computed where results are stored.

    Returns:
        What torch.nn.functional.conv_transpose2d and its like give, of the same type and memory format;
        differentiable at every order in reverse mode. float64, float32, float16 and bfloat16 on the CPU
        are computed by tconv; other types and devices by PyTorch.

    Raises:
        RuntimeError: what PyTorch raises for operands that do not fit.
        InputError: an argument that PyTorch does not have is wrong.
    """
    if layout not in LAYOUTS:
        raise InputError(f"expected {' or '.join(LAYOUTS)} as the layout, got {layout!r}")
    if layout == "channels_last":
        input = input.movedim(-1, 1)
    rank = weight.dim() - 2
    stride, padding, output_padding, dilation, name, slope = _numbers(
        rank, stride, padding, output_padding, dilation, activation
    )
    if output_size is not None:
        pairs = tuple((size, size) for size in padding)
        output_padding = output_padding_for(
            output_size, input.shape[-rank:], weight.shape[2:], stride, pairs, dilation
        )
    y = call(input, weight, bias, stride, padding, output_padding, groups, dilation, name, slope)
    return y.movedim(1, -1) if layout == "channels_last" else y


def _of_rank(rank):
    def function(
        input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1
    ):
        if weight.dim() != rank + 2:
            raise RuntimeError(f"expected a weight of {rank + 2} dimensions, got {weight.dim()}")
        return conv_transpose(input, weight, bias, stride, padding, output_padding, groups, dilation)

    function.__name__ = function.__qualname__ = f"conv_transpose{rank}d"
    function.__doc__ = (
        f"torch.nn.functional.conv_transpose{rank}d by tconv; `conv_transpose` says what that is."
    )
    return function


conv_transpose1d = _of_rank(1)
conv_transpose2d = _of_rank(2)
conv_transpose3d = _of_rank(3)
