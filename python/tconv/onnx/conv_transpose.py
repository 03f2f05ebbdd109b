"""What a ConvTranspose says, in the terms of tconv.conv_transpose."""

from dataclasses import dataclass

from .errors import ModelError, UnsupportedError

_LIMIT = 1 << 31
_AUTO_PADS = ("NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER")


@dataclass
class Layer:
    """The attributes of a layer, one number for each spatial dimension."""

    stride: list
    begin: list
    end: list
    dilation: list
    output_padding: list
    groups: int

    def output_size(self, dim, size, kernel):
        return (
            (size - 1) * self.stride[dim]
            - self.begin[dim]
            - self.end[dim]
            + self.dilation[dim] * (kernel - 1)
            + self.output_padding[dim]
            + 1
        )

    def text(self):
        """The attributes as the op's assembly has them; defaults are left out."""
        count = len(self.stride)
        parts = []
        if self.stride != [1] * count:
            parts.append(f"stride {self.stride}")
        if any(self.begin) or any(self.end):
            pairs = [b if b == e else [b, e] for b, e in zip(self.begin, self.end)]
            parts.append(f"padding {pairs}")
        if self.dilation != [1] * count:
            parts.append(f"dilation {self.dilation}")
        if any(self.output_padding):
            parts.append(f"output_padding {self.output_padding}")
        if self.groups != 1:
            parts.append(f"groups {self.groups}")
        return "".join(" " + part for part in parts)


class _Reader:
    def __init__(self, attributes, where, input_shape, filter_shape):
        self.attributes = attributes
        self.where = where
        self.sizes = input_shape[2:]
        self.kernels = filter_shape[2:]
        self.count = len(self.sizes)

    def fail(self, message):
        raise ModelError(f"{self.where}: {message}")

    def numbers(self, name, otherwise, least, length=None):
        """Integers of an attribute, in a range."""
        length = self.count if length is None else length
        got = self.attributes.get(name)
        if got is None or (not got and length):
            got = otherwise
        if not isinstance(got, list) or len(got) != length:
            found = len(got) if isinstance(got, list) else "none"
            self.fail(f"expected {length} integers of {name}, got {found}")
        for number in got:
            if not least <= number < _LIMIT:
                self.fail(f"expected {name} from {least} to 2^31, got {number}")
        return list(got)

    def kernel_shape(self):
        if not self.attributes.get("kernel_shape"):
            return
        given = self.numbers("kernel_shape", None, 1)
        for dim, (said, size) in enumerate(zip(given, self.kernels)):
            if size is not None and said != size:
                self.fail(
                    f"expected a kernel_shape of {size} in spatial dimension {dim}, as the "
                    f"filter's, got {said}"
                )
        self.kernels = given


def read(attributes, where, input_shape, filter_shape):
    """The layer of a node's attributes. `where` begins messages; unknown sizes are None."""
    if len(input_shape) < 3:
        raise ModelError(
            f"{where}: expected an input of rank 3 or more (batch, channels and spatial sizes), "
            f"got rank {len(input_shape)}"
        )
    if len(filter_shape) != len(input_shape):
        raise ModelError(
            f"{where}: expected a filter of rank {len(input_shape)} as the input, got rank "
            f"{len(filter_shape)}"
        )
    if len(input_shape) > 5:
        raise UnsupportedError(
            f"{where}: expected 1, 2 or 3 spatial dimensions, got {len(input_shape) - 2}"
        )
    reader = _Reader(attributes, where, input_shape, filter_shape)
    count = reader.count
    stride = reader.numbers("strides", [1] * count, 1)
    dilation = reader.numbers("dilations", [1] * count, 1)
    output_padding = reader.numbers("output_padding", [0] * count, 0)
    reader.kernel_shape()
    groups = attributes.get("group", 1)
    if not 1 <= groups < _LIMIT:
        reader.fail(f"expected a group of at least 1, got {groups}")
    layer = Layer(stride, [], [], dilation, output_padding, groups)
    _pad(reader, layer)
    _check_output_padding(reader, layer)
    return layer


def _pad(reader, layer):
    mode = reader.attributes.get("auto_pad", b"NOTSET").decode(errors="replace") or "NOTSET"
    if mode not in _AUTO_PADS:
        reader.fail(f"expected an auto_pad of {', '.join(_AUTO_PADS)}, got '{mode}'")
    pads = reader.attributes.get("pads")
    if pads and any(pads) and mode != "NOTSET":
        reader.fail(f"expected pads or an auto_pad, got pads {list(pads)} and '{mode}'")
    if reader.attributes.get("output_shape"):
        shape = reader.numbers("output_shape", None, 1)
        _split(reader, layer, mode == "SAME_UPPER", shape)
    elif mode in ("SAME_UPPER", "SAME_LOWER"):
        _split(reader, layer, mode == "SAME_UPPER", None)
    else:
        count = reader.count
        pads = reader.numbers("pads", [0] * 2 * count, -_LIMIT, 2 * count)
        layer.begin, layer.end = pads[:count], pads[count:]


def _split(reader, layer, upper, shape):
    """The padding that gives a shape or, without one, sizes times the stride."""
    for dim in range(reader.count):
        kernel, size = reader.kernels[dim], reader.sizes[dim]
        if kernel is None or (shape is not None and size is None):
            raise UnsupportedError(
                f"{reader.where}: an auto_pad or output_shape of sizes that are not known; give "
                f"them by --shape"
            )
        # Of sizes times the stride, nothing of the input's size is left.
        left = -layer.stride[dim]
        if shape is not None:
            left = layer.stride[dim] * (size - 1) - shape[dim]
        total = left + layer.output_padding[dim] + (kernel - 1) * layer.dilation[dim] + 1
        # What is beyond the natural size is added at the end.
        larger = max(0, (total + 1) // 2)
        layer.begin.append(max(0, total) - larger if upper else larger)
        layer.end.append(total - layer.begin[-1])


def _check_output_padding(reader, layer):
    """An output padding beyond what the op takes says as much as less padding at the end."""
    for dim in range(reader.count):
        limit = max(layer.stride[dim], layer.dilation[dim])
        if layer.output_padding[dim] >= limit:
            reader.fail(
                f"expected an output_padding below {limit}, the larger of stride and dilation, in "
                f"spatial dimension {dim}, got {layer.output_padding[dim]}"
            )
