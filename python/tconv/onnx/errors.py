"""What can be wrong with a model."""

from ..errors import InputError, UnsupportedError


class ModelError(InputError):
    """The model, or what was asked of it, is wrong; the message says where and how."""


__all__ = ["ModelError", "UnsupportedError"]
