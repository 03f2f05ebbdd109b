"""Normalizations."""

import numpy
from onnx import TensorProto

from .. import elementwise
from ..errors import ModelError
from ..importer import operator
from .products import reduce
from .shapes import expand_to


def column(importer, node, vector, rank):
    """A vector along the channels of a tensor of this rank."""
    if vector.rank != 1:
        raise ModelError(f"{node.where}: expected a vector, got {vector.shape}")
    return expand_to(importer.emitter, vector, list(range(1, rank - 1))) if rank > 2 else vector


@operator("BatchNormalization")
def batch_normalization(importer, node):
    if node.attributes.get("training_mode", 0) or not node.attributes.get("spatial", 1):
        node.unsupported("training modes")
    x = node.value(0)
    arrays = [node.constant(number) for number in range(1, 5)]
    epsilon = node.attributes.get("epsilon", 1e-5)
    element = x.element
    if all(array is not None for array in arrays) and element != TensorProto.BFLOAT16:
        scale, shift = scale_and_shift(arrays, epsilon)
        vectors = [
            importer.emitter.constant(array.astype(arrays[0].dtype)) for array in (scale, shift)
        ]
        columns = [column(importer, node, vector, x.rank) for vector in vectors]
        return elementwise.apply(
            importer.emitter, [x, *columns], element, lambda n, v, a, b: n.add(n.mul(v, a), b)
        )
    columns = [column(importer, node, node.value(number), x.rank) for number in range(1, 5)]

    def body(n, value, gamma, beta, mean, variance):
        deviation = n.math("sqrt", n.add(variance, n.const(epsilon)))
        return n.add(n.mul(n.sub(value, mean), n.div(gamma, deviation)), beta)

    return elementwise.apply(importer.emitter, [x, *columns], element, body)


def scale_and_shift(arrays, epsilon):
    """A batch normalization as y = scale*x + shift, in double."""
    gamma, beta, mean, variance = (array.astype(numpy.float64) for array in arrays)
    scale = gamma / numpy.sqrt(variance + epsilon)
    return scale, beta - mean * scale


@operator("InstanceNormalization")
def instance_normalization(importer, node):
    x = node.value(0)
    columns = [column(importer, node, node.value(number), x.rank) for number in (1, 2)]
    return _normalize(importer, node, x, list(range(2, x.rank)), columns)


@operator("LayerNormalization")
def layer_normalization(importer, node):
    x = node.value(0)
    axis = node.axis(x.rank, otherwise=-1)
    operands = [node.value(number) for number in (1, 2) if node.has(number)]
    return _normalize(importer, node, x, list(range(axis, x.rank)), operands)


def _normalize(importer, node, x, axes, scales):
    """(x - mean) / sqrt(variance + epsilon), times the first of scales, plus the second."""
    emitter = importer.emitter
    epsilon = node.attributes.get("epsilon", 1e-5)
    mean = reduce(importer, node, "mean", x, axes, keep=True)
    centred = elementwise.apply(emitter, [x, mean], x.element, lambda n, a, b: n.sub(a, b))
    squares = elementwise.apply(emitter, [centred], x.element, lambda n, a: n.mul(a, a))
    variance = reduce(importer, node, "mean", squares, axes, keep=True)

    def body(n, value, spread, *factors):
        value = n.div(value, n.math("sqrt", n.add(spread, n.const(epsilon))))
        if factors:
            value = n.mul(value, factors[0])
        return n.add(value, factors[1]) if len(factors) > 1 else value

    return elementwise.apply(emitter, [centred, variance, *scales], x.element, body)
