"""Imports ONNX models for tconv.

    from tconv.onnx import import_model
    import_model("model.onnx", "layer.mlir", shapes={"x": [1, 3, 64, 64]})
"""

from .errors import ModelError, UnsupportedError
from .run import import_model

__all__ = ["ModelError", "UnsupportedError", "import_model"]
