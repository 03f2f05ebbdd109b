"""Operators that work on single numbers."""

import numpy
from onnx import TensorProto

from .. import elementwise, types
from ..importer import operator


@operator(*elementwise.UNARY)
def unary(importer, node):
    function = elementwise.UNARY[node.op_type]
    value = node.value(0)
    return elementwise.apply(
        importer.emitter, [value], value.element, lambda n, x: function(n, node.attributes, x)
    )


@operator(*elementwise.BINARY)
def binary(importer, node):
    function = elementwise.BINARY[node.op_type]
    result = node.value(0)
    for number in range(1, len(node.proto.input)):
        operands = [result, node.value(number)]
        result = elementwise.apply(
            importer.emitter,
            operands,
            result.element,
            lambda n, x, y: function(n, node.attributes, x, y),
        )
    return result


@operator("Clip")
def clip(importer, node):
    value = node.value(0)
    bounds = []
    for number, name in ((1, "min"), (2, "max")):
        bound = node.attributes.get(name)
        if bound is None and node.has(number):
            array = node.constant(number)
            if array is None:
                node.unsupported("bounds that are computed")
            bound = array.reshape(-1)[0]
        bounds.append(bound)
    low, high = bounds

    def body(n, x):
        if low is not None:
            x = n.max(x, n.const(low))
        return x if high is None else n.min(x, n.const(high))

    return elementwise.apply(importer.emitter, [value], value.element, body)


@operator(*elementwise.COMPARISONS)
def compare(importer, node):
    predicate = elementwise.COMPARISONS[node.op_type]
    operands = [node.value(0), node.value(1)]
    return elementwise.apply_typed(
        importer.emitter,
        operands,
        operands[0].element,
        TensorProto.BOOL,
        lambda n, x, y: n.compare(predicate, x, y),
    )


@operator("Where")
def where(importer, node):
    condition, a, b = node.value(0), node.value(1), node.value(2)
    emitter = importer.emitter

    def body(n, c, x, y):
        test = n.compare("ne", c, n.const(0))
        return n.select(test, x, y)

    return elementwise.apply(emitter, [condition, a, b], a.element, body)


@operator("Cast", "CastLike")
def cast(importer, node):
    value = node.value(0)
    target = node.attributes.get("to") if node.op_type == "Cast" else node.value(1).element
    types.describe(target)
    if target == value.element:
        return value
    return elementwise.apply_typed(
        importer.emitter,
        [value],
        value.element if types.is_float(value.element) else target,
        target,
        lambda n, x: x,
    )


@operator("Identity", "Dropout")
def identity(importer, node):
    training = node.constant(2) if node.op_type == "Dropout" else None
    if training is not None and numpy.any(training):
        node.unsupported("training modes")
    name = node.proto.input[0]
    if name in importer.initializers or name in importer.arrays:
        return importer.array(name)
    return node.value(0)
