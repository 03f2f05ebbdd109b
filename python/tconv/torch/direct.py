"""The way around PyTorch's dispatcher, which takes longer than a small layer."""

import torch
from torch.autograd import forward_ad

_enabled = torch.is_grad_enabled
_autocast = torch.is_autocast_enabled
_compiling = torch.compiler.is_compiling
_modes = torch._C._len_torch_dispatch_stack
_transform = torch._C._functorch.peek_interpreter_stack
_tracing = torch._C._get_tracing_state
_profiling = torch.autograd._profiler_enabled
_keys = torch._C._dispatch_keys


def _find_plain_keys():
    with torch.inference_mode(False):
        plain = torch.empty(0)
    with torch.inference_mode():
        inference = torch.empty(0)
    return {_keys(tensor).raw_repr() for tensor in (plain, inference)}


# Of tensors of the CPU that are nothing but numbers in memory.
_plain_keys = _find_plain_keys()


def is_plain(tensor):
    kind = type(tensor)
    return (kind is torch.Tensor or kind is torch.nn.Parameter) and _keys(tensor).raw_repr() in _plain_keys


def is_transformed():
    """Whether torch.func, or differentiation in forward mode, is to see through what is computed."""
    return not _compiling() and (_transform() is not None or forward_ad._current_level >= 0)


def is_unobserved(input, weight, bias):
    """Whether nothing wants to see the operation: no gradient, no mode, no transform, no tracing; and the
    input and the bias are plain."""
    if _compiling():
        return False
    if _enabled() and (
        input.requires_grad or weight.requires_grad or (bias is not None and bias.requires_grad)
    ):
        return False
    return (
        is_plain(input)
        and (bias is None or is_plain(bias))
        and not _autocast("cpu")
        and not _modes()
        and not is_transformed()
        and not _tracing()
        and not _profiling()
    )
