"""Operators that move elements and change shapes."""

import math

import numpy
from onnx import numpy_helper

from .. import tensors, types
from ..emitter import Value, tensor_type
from ..errors import ModelError
from ..importer import operator
from .convolution import expand
from .padding import extract, insert, pad


@operator("Constant")
def constant(importer, node):
    attributes = node.attributes
    if "value" in attributes:
        tensor = attributes["value"]
        return tensors.read(tensor, importer.folder), tensor.data_type
    for name, dtype in (
        ("value_float", numpy.float32),
        ("value_floats", numpy.float32),
        ("value_int", numpy.int64),
        ("value_ints", numpy.int64),
    ):
        if name in attributes:
            array = numpy.array(attributes[name], dtype=dtype)
            return array, types.onnx_type_of(array)
    return node.unsupported("constants of this kind")


@operator("ConstantOfShape")
def constant_of_shape(importer, node):
    shape = node.constant(0)
    if shape is None:
        node.unsupported("shapes that are computed")
    fill = node.attributes.get("value")
    array = numpy_helper.to_array(fill) if fill is not None else numpy.zeros(1, numpy.float32)
    element = types.onnx_type_of(array)
    text = str(array.reshape(-1)[0]) if types.is_float(element) else str(int(array.reshape(-1)[0]))
    return importer.emitter.fill([int(size) for size in shape], element, text)


def reshape(importer, node, value, shape):
    """The elements in another shape; all sizes are known."""
    emitter = importer.emitter
    if shape == value.shape:
        return value
    if not value.is_static or None in shape:
        node.unsupported("reshapes of unknown sizes")
    count = math.prod(value.shape)
    if math.prod(shape) != count:
        raise ModelError(f"{node.where}: expected {count} elements, got a shape of {shape}")
    flat = value
    if value.rank != 1:
        groups = [list(range(value.rank))] if value.rank else []
        word = "collapse_shape" if value.rank else "expand_shape"
        tail = " output_shape [1]" if not value.rank else ""
        kind = tensor_type([count], value.mlir_element)
        text = f"tensor.{word} {value.name} {groups}{tail} : {value.type} into {kind}"
        flat = emitter.result(text, value.element, [count])
    if len(shape) == 1:
        return flat
    if not shape:
        kind = tensor_type([], value.mlir_element)
        text = f"tensor.collapse_shape {flat.name} [] : {flat.type} into {kind}"
        return emitter.result(text, value.element, [])
    return expand(emitter, flat, [list(range(len(shape)))], shape)


@operator("Reshape")
def reshape_node(importer, node):
    value = node.value(0)
    target = node.integers("shape", 1)
    shape = []
    for dim, size in enumerate(target):
        if size == 0 and not node.attributes.get("allowzero", 0):
            if dim >= value.rank:
                raise ModelError(f"{node.where}: expected a dimension {dim} to keep, got none")
            size = value.shape[dim]
        shape.append(size)
    if shape.count(-1) == 1 and value.is_static:
        rest = math.prod(size for size in shape if size != -1)
        shape[shape.index(-1)] = math.prod(value.shape) // rest if rest else 0
    return reshape(importer, node, value, [None if size == -1 else size for size in shape])


@operator("Flatten")
def flatten(importer, node):
    value = node.value(0)
    axis = node.attributes.get("axis", 1)
    axis += value.rank if axis < 0 else 0
    if not value.is_static:
        node.unsupported("reshapes of unknown sizes")
    shape = [math.prod(value.shape[:axis]), math.prod(value.shape[axis:])]
    return reshape(importer, node, value, shape)


@operator("Squeeze")
def squeeze(importer, node):
    value = node.value(0)
    axes = node.integers("axes", 1)
    if axes is None:
        axes = [dim for dim, size in enumerate(value.shape) if size == 1]
    axes = sorted({axis % value.rank for axis in axes})
    kept = [dim for dim in range(value.rank) if dim not in axes]
    if any(value.shape[axis] != 1 for axis in axes):
        raise ModelError(f"{node.where}: expected axes of size 1, got {axes} of {value.shape}")
    return collapse_to(importer.emitter, value, kept)


def collapse_to(emitter, value, kept):
    """Drops dimensions of one element; some must be kept."""
    groups = [[dim] for dim in kept]
    for dim in range(value.rank):
        if dim not in kept and groups:
            before = sum(1 for other in kept if other < dim)
            groups[max(0, before - 1)].append(dim)
    groups = [sorted(group) for group in groups]
    shape = [value.shape[dim] for dim in kept]
    kind = tensor_type(shape, value.mlir_element)
    text = f"tensor.collapse_shape {value.name} {groups} : {value.type} into {kind}"
    return emitter.result(text, value.element, shape)


@operator("Unsqueeze")
def unsqueeze(importer, node):
    value = node.value(0)
    axes = node.integers("axes", 1)
    rank = value.rank + len(axes)
    axes = sorted({axis % rank for axis in axes})
    if len(axes) + value.rank != rank:
        raise ModelError(f"{node.where}: expected axes that differ, got {axes}")
    return expand_to(importer.emitter, value, axes)


def expand_to(emitter, value, axes):
    """Adds dimensions of one element at places of the result."""
    rank = value.rank + len(axes)
    shape, groups, source = [], [[] for _ in range(value.rank)], 0
    for dim in range(rank):
        unit = dim in axes
        shape.append(1 if unit else value.shape[source])
        if groups:
            groups[max(0, source - 1) if unit else source].append(dim)
        source += not unit
    if not value.rank:
        groups = []
    return expand(emitter, value, groups, shape) if groups else _expand_scalar(emitter, value, shape)


def _expand_scalar(emitter, value, shape):
    kind = tensor_type(shape, value.mlir_element)
    text = (
        f"tensor.expand_shape {value.name} [] output_shape {shape} : {value.type} into {kind}"
    )
    return emitter.result(text, value.element, shape)


@operator("Transpose")
def transpose_node(importer, node):
    value = node.value(0)
    permutation = node.attributes.get("perm", list(reversed(range(value.rank))))
    if sorted(permutation) != list(range(value.rank)):
        raise ModelError(f"{node.where}: expected a permutation, got {list(permutation)}")
    return transpose(importer.emitter, value, list(permutation))


def transpose(emitter, value, permutation):
    init = emitter.empty([emitter.dim(value, dim) for dim in permutation], value.element)
    text = (
        f"linalg.transpose ins({value.name} : {value.type}) outs({init.name} : {init.type}) "
        f"permutation = {permutation}"
    )
    name = emitter.fresh()
    emitter.line(f"{name} = {text}")
    return Value(name, value.element, init.shape)


@operator("Concat")
def concat(importer, node):
    emitter = importer.emitter
    values = [node.value(number) for number in range(len(node.proto.input))]
    axis = node.axis(values[0].rank)
    if any(value.shape[axis] is None for value in values):
        node.unsupported("concatenations along unknown sizes")
    sizes = [emitter.dim(values[0], dim) for dim in range(values[0].rank)]
    sizes[axis] = sum(value.shape[axis] for value in values)
    result = emitter.empty(sizes, values[0].element)
    first = 0
    for value in values:
        firsts = [0] * value.rank
        firsts[axis] = first
        counts = list(sizes)
        counts[axis] = value.shape[axis]
        if any(
            isinstance(count, int) and size not in (None, count)
            for count, size in zip(counts, value.shape)
        ):
            raise ModelError(
                f"{node.where}: expected shapes that fit each other, got "
                f"{[v.shape for v in values]}"
            )
        result = insert(emitter, value, result, firsts, counts)
        first += value.shape[axis]
    return result


@operator("Split")
def split(importer, node):
    value = node.value(0)
    axis = node.axis(value.rank)
    size = value.shape[axis]
    if size is None:
        node.unsupported("splits of unknown sizes")
    count = len(node.proto.output)
    lengths = node.integers("split", 1)
    if lengths is None:
        length = -(-size // count)
        lengths = [min(length, size - length * number) for number in range(count)]
    if len(lengths) != count or sum(lengths) != size or min(lengths) < 0:
        raise ModelError(f"{node.where}: expected lengths of {size} in all, got {lengths}")
    results, first = [], 0
    for length in lengths:
        firsts = [0] * value.rank
        firsts[axis] = first
        counts = [importer.emitter.dim(value, dim) for dim in range(value.rank)]
        counts[axis] = length
        results.append(extract(importer.emitter, value, firsts, counts, [1] * value.rank))
        first += length
    return results


@operator("Slice")
def slice_node(importer, node):
    value = node.value(0)
    starts, ends = node.integers("starts", 1), node.integers("ends", 2)
    axes = node.integers("axes", 3) or list(range(len(starts)))
    steps = node.integers("steps", 4) or [1] * len(starts)
    firsts, strides = [0] * value.rank, [1] * value.rank
    counts = [importer.emitter.dim(value, dim) for dim in range(value.rank)]
    for start, end, axis, step in zip(starts, ends, axes, steps):
        axis %= value.rank
        size = value.shape[axis]
        if size is None:
            node.unsupported("slices of unknown sizes")
        if step < 1:
            node.unsupported("slices backwards")
        first, last, stride = slice(start, end, step).indices(size)
        firsts[axis], strides[axis] = first, stride
        counts[axis] = len(range(first, last, stride))
    return extract(importer.emitter, value, firsts, counts, strides)


@operator("Pad")
def pad_node(importer, node):
    value = node.value(0)
    if node.attributes.get("mode", b"constant") != b"constant":
        node.unsupported("paddings other than by a constant")
    pads = node.integers("pads", 1)
    axes = node.integers("axes", 3)
    axes = list(range(value.rank)) if axes is None else [axis % value.rank for axis in axes]
    if len(pads) != 2 * len(axes):
        raise ModelError(f"{node.where}: expected {2 * len(axes)} pads, got {len(pads)}")
    low, high = [0] * value.rank, [0] * value.rank
    for place, axis in enumerate(axes):
        low[axis], high[axis] = pads[place], pads[place + len(axes)]
    fill = node.attributes.get("value", 0)
    if node.has(2):
        array = node.constant(2)
        if array is None:
            node.unsupported("paddings by a computed number")
        fill = array.reshape(-1)[0]
    return pad(importer.emitter, value, low, high, fill)


@operator("Expand")
def expand_node(importer, node):
    value = node.value(0)
    target = node.integers("shape", 1)
    rank = max(value.rank, len(target))
    own = [1] * (rank - value.rank) + value.shape
    given = [1] * (rank - len(target)) + target
    if None in own:
        node.unsupported("expansions of unknown sizes")
    shape = [max(a, b) for a, b in zip(own, given)]
    emitter = importer.emitter
    exprs = []
    for dim, size in enumerate(value.shape, rank - value.rank):
        if size not in (1, shape[dim]):
            raise ModelError(f"{node.where}: expected a shape that fits {value.shape}, got {target}")
        exprs.append("0" if size == 1 and shape[dim] != 1 else f"d{dim}")
    identity = emitter.affine_map(rank, [f"d{dim}" for dim in range(rank)])
    maps = [emitter.affine_map(rank, exprs)]
    init = emitter.empty(shape, value.element)
    return emitter.generic([value], maps, init, identity, ["parallel"] * rank, lambda x, _: x)
