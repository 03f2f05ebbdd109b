"""Compiled layers for tensors, and packed filters."""

import threading
import weakref
from collections import OrderedDict

import torch

from .. import _core, _modules

ELEMENTS = {
    torch.float64: "f64",
    torch.float32: "f32",
    torch.float16: "f16",
    torch.bfloat16: "bf16",
}
_CHANNELS_LAST = {4: torch.channels_last, 5: torch.channels_last_3d}
# How many layers are kept, and in how many ways each filter is packed: for sizes seen last.
_MAX_LAYERS = 256
_MAX_PACKED = 8


class Kernel:
    """A layer of known sizes. `dims`: (stride, padding, output_padding, dilation)."""

    def __init__(self, shape, dtype, filter_shape, has_bias, is_last, dims, groups, activation, slope, threads):
        stride, padding, output_padding, dilation = dims
        module = _modules.layer_module(
            shape[0],
            (shape[1], filter_shape[1] * groups),
            shape[2:],
            filter_shape[2:],
            ELEMENTS[dtype],
            stride=stride,
            padding=tuple((size, size) for size in padding),
            output_padding=output_padding,
            dilation=dilation,
            groups=groups,
            bias=has_bias,
            channels_last=is_last,
            activation=activation,
            slope=slope,
            constant_weights=True,
            constant_bias=False,  # reading it costs nothing, and it may change
        )
        self.code = _core.Executable.compile(module, {"threads": threads})
        result = tuple(self.code.results[0].shape)
        self.channels = filter_shape[1] * groups
        self.shape = (result[0], result[-1], *result[1:-1]) if is_last else result
        self.dtype = dtype
        self.format = format_of(len(shape), is_last)

    def __call__(self, packed, x, weight, bias):
        """Runs with a filter in C order."""
        if not x.is_contiguous(memory_format=self.format):
            x = x.contiguous(memory_format=self.format)
        if self.format is torch.contiguous_format:
            y = torch.empty(self.shape, dtype=self.dtype)
        else:
            y = torch.empty(self.shape, dtype=self.dtype, memory_format=self.format)
        if bias is None:
            addresses = (x.data_ptr(), weight.data_ptr())
        else:
            if not bias.is_contiguous():
                bias = bias.contiguous()
            addresses = (x.data_ptr(), weight.data_ptr(), bias.data_ptr())
        self.code.run_at(packed, addresses, (y.data_ptr(),), (self.code, x, weight, bias, y))
        return y


class Bound:
    """A kernel with its filter: packed, and a copy in C order, as some kernels read it, if it is not in
    that itself. `numbers` are the attributes that were called for."""

    def __init__(self, kernel, x, weight, numbers):
        self.kernel = kernel
        self.input_shape = x.shape
        self.numbers = numbers
        self.threads = torch.get_num_threads()
        self.bias_shape = (kernel.channels,) if len(kernel.code.inputs) == 3 else None
        dense = weight.contiguous()
        self.copy = None if dense is weight else dense
        # The input and the bias are not looked at.
        self.packed = kernel.code.pack_at((dense.data_ptr(),) * len(kernel.code.inputs))

    def __call__(self, x, weight, bias):
        return self.kernel(self.packed, x, weight if self.copy is None else self.copy, bias)

    def takes_bias(self, bias):
        if bias is None or self.bias_shape is None:
            return bias is self.bias_shape
        return bias.shape == self.bias_shape and bias.dtype is self.kernel.dtype

    def is_for(self, x, bias, numbers):
        kernel = self.kernel
        return (
            x.shape == self.input_shape
            and x.dtype is kernel.dtype
            and numbers == self.numbers
            and self.takes_bias(bias)
            and torch.get_num_threads() == self.threads
            and kernel.format is torch.contiguous_format
            and x.is_contiguous()
        )


class _Filter:
    """A filter as it was when kernels were bound to it. `last` is the one that ran last, if the filter's
    channels are not last, which decides on the result's."""

    def __init__(self, weight, forget):
        self.reference = weakref.ref(weight, forget)
        # The version first: a change from here on makes it old.
        self.version = weight._version
        self.address = weight.data_ptr()
        self.is_dense = weight.is_contiguous()
        self.bound = OrderedDict()
        self.last = None

    def is_of(self, weight):
        """Whether it is still the same: as its version counter says, and its memory, which
        `weight.data = ...` makes another."""
        return (
            self.version == weight._version
            and self.address == weight.data_ptr()
            and self.reference() is weight
        )


_lock = threading.Lock()
_kernels = OrderedDict()
_filters = {}


def _remember(weight):
    identity = id(weight)

    def forget(reference):
        if identity in _filters and _filters[identity].reference is reference:
            del _filters[identity]

    found = _filters[identity] = _Filter(weight, forget)
    return found


def find_last(x, weight, bias, numbers):
    """What ran last with a filter, if it is for these operands, too; None otherwise."""
    found = _filters.get(id(weight))
    if found is None or found.last is None or not found.is_of(weight):
        return None
    return found.last if found.last.is_for(x, bias, numbers) else None


def bind(kernel, x, weight, numbers):
    """A kernel with a filter, which is packed unless that has been done and the filter is the same."""
    found = _filters.get(id(weight))
    if found is None or not found.is_of(weight):
        found = _remember(weight)
    bound = found.bound.get(kernel)
    if bound is None:
        bound = Bound(kernel, x, weight, numbers)
        with _lock:
            found.bound[kernel] = bound
            while len(found.bound) > _MAX_PACKED:
                found.bound.popitem(last=False)
    found.last = bound if found.is_dense else None
    return bound


def forget_packed():
    """Lets go of all packed filters: for filters that were changed through `.data`, which PyTorch's
    version counters do not count."""
    _filters.clear()


# The kernel for the arguments of Kernel, or None.
find_cached = _kernels.get


def compile_kernel(key):
    """The kernel for a tuple of the arguments of Kernel, which is kept. Raises InputError."""
    kernel = Kernel(*key)
    with _lock:
        _kernels[key] = kernel
        while len(_kernels) > _MAX_LAYERS:
            _kernels.popitem(last=False)
    return kernel


def format_of(dim, is_last):
    return _CHANNELS_LAST[dim] if is_last else torch.contiguous_format


def is_channels_last(x, weight):
    """Whether the result has its channels last: if those of an operand are, as in PyTorch."""
    return any(
        operand.dim() in _CHANNELS_LAST
        and not operand.is_contiguous()
        and operand.is_contiguous(memory_format=_CHANNELS_LAST[operand.dim()])
        for operand in (x, weight)
    )
