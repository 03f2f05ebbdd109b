"""What tconv raises."""


class Error(Exception):
    """Any error of tconv's; its text is the compiler's message."""


class InputError(Error, ValueError):
    """A module, a layer, an option or an array is wrong; the message says where and how."""


class UnsupportedError(Error, NotImplementedError):
    """What was asked for is right, but this version or this machine does not do it."""
