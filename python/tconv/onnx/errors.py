"""What can be wrong with a model."""


class ModelError(Exception):
    """The model, or what was asked of it, is wrong; the message says where and how."""


class UnsupportedError(Exception):
    """The model is right, but says something that there is no lowering of."""
