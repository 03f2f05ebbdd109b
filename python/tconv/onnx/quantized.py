"""Transposed convolutions between DequantizeLinear and QuantizeLinear, as layers of bytes."""

import numpy
from onnx import TensorProto

from . import conv_transpose, elementwise
from .emitter import tensor_type

_BYTES = (TensorProto.INT8, TensorProto.UINT8)


def layer(importer, node):
    """The node as a layer of i8 whose sums are rescaled, if its input and its filter are bytes that
    were dequantized with scales that sums can be multiplied by; otherwise None."""
    source = _dequantized_input(importer, node)
    groups = node.attributes.get("group", 1)
    weights = _dequantized_filter(importer, node, groups)
    if source is None or weights is None:
        return None
    x, input_scale, input_zero = source
    w, scales, filter_zero = weights
    fits = x.rank >= 3 and w.ndim == x.rank and x.shape[1] == w.shape[0] and w.shape[0] % groups == 0
    if not fits or None in x.shape[1:]:
        return None
    bias = _constant_bias(importer, node, len(scales))
    if bias is None:
        return None
    sums = _emit_layer(importer, node, x, w, input_zero, filter_zero)
    emitter = importer.emitter
    operands = [sums, _along_channels(emitter, scales * input_scale, x.rank)]
    if bias.any():
        operands.append(_along_channels(emitter, bias, x.rank))

    def body(n, total, scale, *shift):
        scaled = n.mul(total, scale)
        return n.add(scaled, shift[0]) if shift else scaled

    return elementwise.apply(emitter, operands, TensorProto.FLOAT, body)


def _producer(importer, name):
    """The DequantizeLinear that a value comes from, of bytes by scales of float."""
    proto = importer.producers.get(name)
    if proto is None or proto.op_type != "DequantizeLinear":
        return None
    scale = importer.array(proto.input[1])
    known = scale is not None and scale[1] == TensorProto.FLOAT
    return proto if known and not _attribute(proto, "block_size", 0) else None


def _attribute(proto, name, otherwise):
    return next((a.i for a in proto.attribute if a.name == name), otherwise)


def _zero_point(importer, proto):
    """An array, or None if it is not known."""
    if len(proto.input) < 3 or not proto.input[2]:
        return numpy.zeros((), numpy.int64)
    entry = importer.array(proto.input[2])
    return None if entry is None else entry[0].astype(numpy.int64)


def _dequantized_input(importer, node):
    """The bytes, their scale and their zero point."""
    proto = _producer(importer, node.proto.input[0])
    if proto is None or importer.array(proto.input[0]) is not None:
        return None
    zero, scale = _zero_point(importer, proto), importer.array(proto.input[1])[0]
    if zero is None or zero.size != 1 or scale.size != 1:
        return None
    known = importer.values.get(proto.input[0])
    if known is None or known.element not in _BYTES:
        return None
    return known, numpy.float32(scale.reshape(())), int(zero.reshape(()))


def _dequantized_filter(importer, node, groups):
    """Signed bytes, a scale for each output channel, and a zero point for all."""
    proto = _producer(importer, node.proto.input[1])
    entry = importer.array(proto.input[0]) if proto is not None else None
    if entry is None or entry[1] not in _BYTES or entry[0].ndim < 3 or groups < 1:
        return None
    zero, scale = _zero_point(importer, proto), importer.array(proto.input[1])[0].reshape(-1)
    array, per_group = entry[0].astype(numpy.int64), entry[0].shape[1]
    axis = _attribute(proto, "axis", 1) % array.ndim
    if zero is None or scale.size not in (1, per_group) or (scale.size > 1 and axis != 1):
        return None
    if zero.size > 1 and (axis != 1 or zero.size != per_group):
        return None
    if (zero == zero.reshape(-1)[0]).all():
        zero = int(zero.reshape(-1)[0])
    else:
        array, zero = array - zero.reshape([-1] + [1] * (array.ndim - 2)), 0
    if max(array.max(initial=0), zero) > 127:
        array, zero = array - 128, zero - 128
    if array.min(initial=0) < -128 or array.max(initial=0) > 127 or not -128 <= zero <= 127:
        return None
    scales = numpy.broadcast_to(scale.astype(numpy.float32), per_group)
    return array.astype(numpy.int8), numpy.tile(scales, groups), zero


def _constant_bias(importer, node, channels):
    """A number of float for each channel; None if it is not that."""
    if not node.has(2):
        return numpy.zeros(channels, numpy.float32)
    entry = importer.array(node.proto.input[2])
    if entry is None or entry[0].shape != (channels,) or entry[1] != TensorProto.FLOAT:
        return None
    return entry[0]


def _emit_layer(importer, node, x, w, input_zero, filter_zero):
    emitter = importer.emitter
    attributes = conv_transpose.read(node.attributes, node.where, x.shape, list(w.shape))
    filters = emitter.constant(w, TensorProto.INT8)
    shape = [x.shape[0], w.shape[1] * attributes.groups]
    for dim, (size, kernel) in enumerate(zip(x.shape[2:], w.shape[2:])):
        shape.append(attributes.output_size(dim, size, kernel))
    words = attributes.text()
    if input_zero:
        words += f" input_zero_point {input_zero}"
    if filter_zero:
        words += f" filter_zero_point {filter_zero}"
    if x.element == TensorProto.UINT8:
        words += " input_unsigned"
    kind = tensor_type(shape, "i32")
    text = (
        f"tconv.conv_transpose {x.name}, {filters.name}{words} : ({x.type}, {filters.type}) -> {kind}"
    )
    return emitter.result(text, TensorProto.INT32, shape)


def _along_channels(emitter, numbers, rank):
    """Numbers of channels as a tensor that repeats along everything behind them."""
    if (numbers == numbers[0]).all():
        return emitter.constant(numpy.array(numbers[0], numpy.float32))
    shape = [len(numbers)] + [1] * (rank - 2)
    return emitter.constant(numbers.astype(numpy.float32).reshape(shape))
