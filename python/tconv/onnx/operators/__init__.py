"""Lowerings of ONNX's operators. Importing this package registers them."""

from . import control, convolution, normalization, numbers, pooling, products, quantization, shapes

__all__ = [
    "control",
    "convolution",
    "normalization",
    "numbers",
    "pooling",
    "products",
    "quantization",
    "shapes",
]
