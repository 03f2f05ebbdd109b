"""tconv: a compiler for transposed convolution.

    import numpy, tconv
    x, w = numpy.ones((1, 64, 8, 8), "f4"), numpy.ones((64, 32, 4, 4), "f4")
    y = tconv.conv_transpose(x, w, stride=2, padding=1)  # (1, 32, 16, 16)

    layer = tconv.compile("n1 ci64 co32 i8x8 k4 s2 p1", w)  # compiled and packed once
    y = layer(x)

For PyTorch there is tconv.torch, for ONNX models tconv.onnx.
"""

from typing import TYPE_CHECKING

from .errors import Error, InputError, UnsupportedError

if TYPE_CHECKING:
    from .explain import Explanation, explain
    from .functional import conv_transpose
    from .layer import Layer, TensorType, compile

__version__ = "0.1.0"

__all__ = [
    "Error",
    "Explanation",
    "InputError",
    "Layer",
    "TensorType",
    "UnsupportedError",
    "compile",
    "conv_transpose",
    "explain",
]

# Loaded when they are used: tconv.onnx needs neither the compiler nor the time to load it.
_HOMES = {
    "Explanation": "explain",
    "explain": "explain",
    "conv_transpose": "functional",
    "Layer": "layer",
    "TensorType": "layer",
    "compile": "layer",
}


def __getattr__(name: str):
    if name not in _HOMES:
        raise AttributeError(f"module 'tconv' has no attribute '{name}'")
    import importlib

    home = importlib.import_module(f".{_HOMES[name]}", __name__)
    globals().update({key: getattr(home, key) for key, where in _HOMES.items() if where == _HOMES[name]})
    return globals()[name]


def __dir__():
    return sorted([*globals(), *_HOMES])
