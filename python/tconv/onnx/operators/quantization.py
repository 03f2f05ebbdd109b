"""Quantization, element by element."""

from onnx import TensorProto

from .. import elementwise, types
from ..emitter import storage_name
from ..errors import ModelError
from ..importer import operator
from .shapes import expand_to

_RANGES = {
    TensorProto.INT8: (-128, 127),
    TensorProto.UINT8: (0, 255),
    TensorProto.INT16: (-32768, 32767),
    TensorProto.UINT16: (0, 65535),
    TensorProto.INT32: (-(1 << 31), (1 << 31) - 1),
}


def _along_axis(importer, node, vector, x):
    """A scale or zero point in a shape that repeats along all but one axis."""
    if vector.rank == 0 or vector.shape == [1]:
        return vector
    if vector.rank != 1:
        node.unsupported("blocks of scales")
    axis = node.axis(x.rank, otherwise=1)
    if vector.shape[0] is not None and x.shape[axis] not in (None, vector.shape[0]):
        raise ModelError(
            f"{node.where}: expected {x.shape[axis]} scales along axis {axis}, got {vector.shape[0]}"
        )
    return expand_to(importer.emitter, vector, list(range(1, x.rank - axis)))


@operator("DequantizeLinear")
def dequantize(importer, node):
    x = node.value(0)
    scale = _along_axis(importer, node, node.value(1), x)
    operands = [x, scale]
    if node.has(2):
        operands.append(_along_axis(importer, node, node.value(2), x))

    def body(n, value, factor, *zero):
        return n.mul(n.sub(value, zero[0]) if zero else value, factor)

    return elementwise.apply(importer.emitter, operands, scale.element, body)


@operator("QuantizeLinear")
def quantize(importer, node):
    x = node.value(0)
    scale = _along_axis(importer, node, node.value(1), x)
    target = node.attributes.get("output_dtype", 0) or TensorProto.UINT8
    operands = [x, scale]
    if node.has(2):
        zero = node.value(2)
        target = zero.element
        operands.append(_along_axis(importer, node, zero, x))
    if target not in _RANGES:
        node.unsupported(f"results of {types.name_of(target)}")
    low, high = _RANGES[target]
    emitter = importer.emitter

    def body(n, value, factor, *zero):
        value = n.math("roundeven", n.div(value, factor))
        value = n.add(value, zero[0]) if zero else value
        return n.min(n.max(value, n.const(low)), n.const(high))

    rounded = elementwise.apply(emitter, operands, scale.element, body)
    signed = TensorProto.INT32  # holds all of these

    def narrow(n, value):
        number = emitter.op(f"arith.fptosi {value} : {n.kind} to i32", "n")
        return elementwise.convert(emitter, number, signed, target)

    return _map_raw(emitter, rounded, target, narrow)


def _map_raw(emitter, value, target, body):
    """Applies a function that gives a number of the target's type itself."""
    rank = value.rank
    identity = emitter.affine_map(rank, [f"d{dim}" for dim in range(rank)])
    init = emitter.empty([emitter.dim(value, dim) for dim in range(rank)], target)
    numbers = elementwise.Numbers(emitter, value.element)

    def region(name, _):
        return body(numbers, numbers.load(name, value.element))

    assert init.mlir_element == storage_name(target)
    return emitter.generic([value], [identity], init, identity, ["parallel"] * rank, region)
