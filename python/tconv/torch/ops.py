"""The operation tconv::conv_transpose of torch.library.

Its sizes, strides and errors are those of PyTorch's own transposed convolution. What the compiler does
not do, because of a type or a device, PyTorch does.
"""

import torch
from torch.autograd import forward_ad

from .. import _modules
from ..errors import UnsupportedError
from . import kernels

_library = torch.library.Library("tconv", "DEF")
_library.define(
    "conv_transpose(Tensor input, Tensor weight, Tensor? bias, SymInt[] stride, SymInt[] padding, "
    "SymInt[] output_padding, SymInt groups, SymInt[] dilation, str activation='none', "
    "float slope=0.01, bool pack_anew=False) -> Tensor"
)

# PyTorch's own, by the dimensions of the filter.
BY_RANK = {3: torch.conv_transpose1d, 4: torch.conv_transpose2d, 5: torch.conv_transpose3d}

_ACTIVATIONS = {
    "none": lambda y, slope: y,
    "relu": lambda y, slope: torch.relu(y),
    "leaky_relu": lambda y, slope: torch.nn.functional.leaky_relu(y, slope),
    "tanh": lambda y, slope: torch.tanh(y),
    "sigmoid": lambda y, slope: torch.sigmoid(y),
    "silu": lambda y, slope: torch.nn.functional.silu(y),
    "gelu": lambda y, slope: torch.nn.functional.gelu(y),
}


def by_torch(input, weight, bias, stride, padding, output_padding, groups, dilation, activation, slope):
    """The same by PyTorch's own operations; its errors are raised here."""
    function = BY_RANK.get(weight.dim(), torch.conv_transpose2d)
    y = function(input, weight, bias, stride, padding, output_padding, groups, dilation)
    return _ACTIVATIONS[activation](y, slope)


def _is_covered(input, weight, bias):
    dtype = input.dtype
    return (
        dtype in kernels.ELEMENTS
        and weight.dtype is dtype
        and (bias is None or bias.dtype is dtype)
        and 3 <= input.dim() <= 5
        and input.layout is torch.strided
        and weight.layout is torch.strided
        and input.numel() != 0
    )


def _fits(input, weight, bias, stride, padding, output_padding, groups, dilation):
    """Whether sizes and numbers are those of a layer that PyTorch, too, would compute."""
    rank = input.dim() - 2
    if weight.dim() != input.dim() or weight.size(0) != input.size(1) or groups < 1:
        return False
    lists = (stride, padding, output_padding, dilation)
    if any(len(numbers) != rank for numbers in lists) or input.size(1) % groups or weight.numel() == 0:
        return False
    if bias is not None and tuple(bias.shape) != (weight.size(1) * groups,):
        return False
    return all(
        s >= 1 and d >= 1 and p >= 0 and 0 <= extra < max(s, d)
        and (i - 1) * s - 2 * p + d * (k - 1) + extra + 1 >= 1
        for i, k, s, p, extra, d in zip(input.shape[2:], weight.shape[2:], *lists)
    )


def compute(
    input, weight, bias, stride, padding, output_padding, groups, dilation, activation, slope, pack_anew
):
    """On tensors of the CPU, without autograd. The numbers are tuples; with `pack_anew` the filter is one
    that changes between calls."""
    if not _is_covered(input, weight, bias):
        return by_torch(
            input, weight, bias, stride, padding, output_padding, groups, dilation, activation, slope
        )
    is_last = kernels.is_channels_last(input, weight)
    key = (
        input.shape,
        input.dtype,
        weight.shape,
        bias is not None,
        is_last,
        (stride, padding, output_padding, dilation),
        groups,
        None if activation == "none" else activation,
        slope,
        torch.get_num_threads(),
    )
    kernel = kernels.find_cached(key)
    if kernel is None or (bias is not None and bias.shape[0] != kernel.channels):
        if not _fits(input, weight, bias, stride, padding, output_padding, groups, dilation):
            return by_torch(
                input, weight, bias, stride, padding, output_padding, groups, dilation, activation, slope
            )
        kernel = kernels.compile_kernel(key)
    if pack_anew or weight.is_inference():  # which has no version counter
        return kernel(None, input, weight.contiguous(), bias)
    numbers = (stride, padding, output_padding, groups, dilation, activation, slope)
    return kernels.bind(kernel, input, weight, numbers)(input, weight, bias)


def _on_cpu(input, weight, bias, stride, padding, output_padding, groups, dilation, activation="none", slope=0.01, pack_anew=False):
    if forward_ad._current_level >= 0:  # the tangents would be lost
        raise UnsupportedError(
            "the operation tconv::conv_transpose is not differentiable in forward mode; the functions and "
            "modules of tconv.torch are"
        )
    return compute(
        input,
        weight,
        bias,
        tuple(stride),
        tuple(padding),
        tuple(output_padding),
        groups,
        tuple(dilation),
        activation,
        slope,
        pack_anew,
    )


def _elsewhere(input, weight, bias, stride, padding, output_padding, groups, dilation, activation="none", slope=0.01, pack_anew=False):
    return by_torch(
        input, weight, bias, stride, padding, output_padding, groups, dilation, activation, slope
    )


_library.impl("conv_transpose", _on_cpu, "CPU")
_library.impl("conv_transpose", _elsewhere, "CompositeExplicitAutograd")


@torch.library.register_fake("tconv::conv_transpose", lib=_library)
def _fake(input, weight, bias, stride, padding, output_padding, groups, dilation, activation="none", slope=0.01, pack_anew=False):
    y = torch.ops.aten.convolution.default(
        input, weight, bias, stride, padding, dilation, True, output_padding, groups
    )
    if input.device.type != "cpu" or not _is_covered(input, weight, bias):
        return y
    is_last = kernels.is_channels_last(input, weight)
    return torch.empty_like(y, memory_format=kernels.format_of(y.dim(), is_last))


def _save(ctx, inputs, output):
    input, weight, bias, stride, padding, output_padding, groups, dilation, activation, slope, _ = inputs
    ctx.save_for_backward(input, weight, bias, output)
    ctx.numbers = stride, padding, output_padding, groups, dilation
    ctx.activation = activation, slope


def _before_activation(ctx, gradient):
    """The gradient with respect to what the activation is of; itself differentiable."""
    activation, slope = ctx.activation
    if activation == "none":
        return gradient
    input, weight, bias, y = ctx.saved_tensors
    if activation == "relu":
        return torch.where(y > 0, gradient, 0)
    if activation == "tanh":
        return gradient * (1 - y * y)
    if activation == "sigmoid":
        return gradient * (y * (1 - y))
    z = torch.ops.tconv.conv_transpose.default(input, weight, bias, *ctx.numbers, pack_anew=True)
    if activation == "leaky_relu":
        return torch.where(z > 0, gradient, gradient * slope)
    if activation == "gelu":
        return torch.ops.aten.gelu_backward.default(gradient, z)
    s = torch.sigmoid(z)
    return gradient * (s * (1 + z * (1 - s)))


def _backward(ctx, gradient):
    input, weight, bias, _ = ctx.saved_tensors
    stride, padding, output_padding, groups, dilation = ctx.numbers
    mask = list(ctx.needs_input_grad[:3])
    of_input, of_weight, of_bias = torch.ops.aten.convolution_backward.default(
        _before_activation(ctx, gradient),
        input,
        weight,
        None if bias is None else list(bias.shape),
        stride,
        padding,
        dilation,
        True,
        output_padding,
        groups,
        mask,
    )
    return (of_input, of_weight, of_bias, *[None] * 8)


torch.library.register_autograd(
    "tconv::conv_transpose", _backward, setup_context=_save, lib=_library
)


def _autocast(device):
    keys = torch._C.DispatchKeySet(getattr(torch._C.DispatchKey, f"Autocast{device.upper()}"))

    def cast(tensor):
        wanted = tensor is not None and tensor.is_floating_point() and tensor.dtype is not torch.float64
        return tensor.to(torch.get_autocast_dtype(device)) if wanted else tensor

    def call(input, weight, bias, *rest):
        with torch._C._ExcludeDispatchKeyGuard(keys):
            return torch.ops.tconv.conv_transpose.default(cast(input), cast(weight), cast(bias), *rest)

    return call


_library.impl("conv_transpose", _autocast("cpu"), "AutocastCPU")
_library.impl("conv_transpose", _autocast("cuda"), "AutocastCUDA")

assert set(_ACTIVATIONS) == {"none", *_modules.ACTIVATIONS}
