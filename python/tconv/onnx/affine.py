"""Scales and shifts along the channels, folded into the filter and the bias before them."""

import numpy
from onnx import TensorProto

from . import types
from .operators.normalization import scale_and_shift

_TYPES = (TensorProto.FLOAT, TensorProto.DOUBLE, TensorProto.FLOAT16)


def fold(importer, graph):
    """Folds what stands behind transposed convolutions of constants, as long as nothing else
    reads what is between. Returns the nodes that are left."""
    producers = {}
    nodes = []
    for proto in graph.node:
        layer = _layer_before(importer, proto, producers)
        step = layer and _step(importer, proto, layer)
        if step and _apply(importer, layer, *step):
            del producers[layer.output[0]]
            layer.output[0] = proto.output[0]
            producers[layer.output[0]] = layer
            continue
        nodes.append(proto)
        if proto.op_type == "ConvTranspose" and len(proto.output) == 1:
            layer = type(proto)()
            layer.CopyFrom(proto)
            nodes[-1] = layer
            producers[proto.output[0]] = layer
    return nodes


def _layer_before(importer, proto, producers):
    for name in proto.input:
        if name in producers and importer.used_once(name):
            return producers[name]
    return None


def _filter(importer, layer):
    entry = importer.array(layer.input[1]) if len(layer.input) > 1 else None
    return entry if entry and entry[1] in _TYPES and entry[0].ndim >= 3 else None


def _channels(importer, layer):
    entry = _filter(importer, layer)
    if entry is None:
        return None
    groups = next((a.i for a in layer.attribute if a.name == "group"), 1)
    return entry[0].shape[1] * groups, entry[0].ndim


def _step(importer, proto, layer):
    """The scale and the shift of a node, one number for each channel; None if it has none."""
    known = _channels(importer, layer)
    if known is None or len(proto.output) != 1:
        return None
    channels, rank = known
    if proto.op_type == "BatchNormalization":
        return _batch_normalization(importer, proto, layer, channels)
    if proto.op_type not in ("Add", "Mul", "Sub") or len(proto.input) != 2:
        return None
    other = proto.input[1 - list(proto.input).index(layer.output[0])]
    if proto.op_type == "Sub" and proto.input[0] != layer.output[0]:
        return None
    entry = importer.array(other)
    vector = _per_channel(entry[0], channels, rank) if entry and entry[1] in _TYPES else None
    if vector is None:
        return None
    if proto.op_type == "Mul":
        return vector, numpy.zeros(channels)
    return numpy.ones(channels), vector if proto.op_type == "Add" else -vector


def _batch_normalization(importer, proto, layer, channels):
    attributes = {attribute.name: attribute for attribute in proto.attribute}
    if proto.input[0] != layer.output[0] or len(proto.input) != 5:
        return None
    if "training_mode" in attributes and attributes["training_mode"].i:
        return None
    if "spatial" in attributes and not attributes["spatial"].i:
        return None
    entries = [importer.array(name) for name in proto.input[1:]]
    if any(entry is None or entry[0].shape != (channels,) for entry in entries):
        return None
    epsilon = attributes["epsilon"].f if "epsilon" in attributes else 1e-5
    return scale_and_shift([entry[0] for entry in entries], epsilon)


def _per_channel(array, channels, rank):
    """A constant as one number for each channel, if it is that."""
    if array.size == 1 and array.ndim <= rank:
        return numpy.full(channels, float(array.reshape(-1)[0]))
    shape = (1,) * (rank - array.ndim) + array.shape
    if array.ndim > rank or shape != (1, channels) + (1,) * (rank - 2):
        return None
    return array.reshape(-1).astype(numpy.float64)


def _apply(importer, layer, scale, shift):
    array, element = _filter(importer, layer)
    has_bias = len(layer.input) > 2 and layer.input[2]
    bias = importer.array(layer.input[2]) if has_bias else (numpy.zeros(len(scale)), element)
    if bias is None or bias[0].shape != scale.shape:
        return False
    outputs = array.shape[1]
    groups = len(scale) // outputs
    # Of a group, output co' is channel g*outputs + co'; its inputs stand together.
    factors = numpy.repeat(scale.reshape(groups, outputs), array.shape[0] // groups, axis=0)
    factors = factors.reshape(array.shape[:2] + (1,) * (array.ndim - 2))
    folded = (array.astype(numpy.float64) * factors).astype(array.dtype)
    shifted = (bias[0].astype(numpy.float64) * scale + shift).astype(array.dtype)
    if not numpy.isfinite(folded).all() or not numpy.isfinite(shifted).all():
        return False
    names = [f"{layer.output[0]}.{part}.folded" for part in ("filter", "bias")]
    importer.arrays[names[0]] = folded, element
    importer.arrays[names[1]] = shifted, element
    del layer.input[1:]
    layer.input.extend(names)
    return True


__all__ = ["fold", "types"]
