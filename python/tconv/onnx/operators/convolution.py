"""Convolutions, transposed and ordinary."""

import numpy

from .. import conv_transpose, quantized, types
from ..emitter import Value, tensor_type
from ..errors import ModelError
from ..importer import operator
from .padding import pad


@operator("ConvTranspose")
def transposed(importer, node):
    of_bytes = quantized.layer(importer, node)
    if of_bytes is not None:
        return of_bytes
    x, w = node.value(0), node.value(1)
    bias = node.value(2) if node.has(2) else None
    return layer(importer, node, x, w, bias)


def layer(importer, node, x, w, bias):
    """A tconv.conv_transpose of a node's attributes."""
    if not types.is_float(x.element):
        raise ModelError(f"{node.where}: expected floats, got {types.name_of(x.element)}")
    if x.element == types.TensorProto.BFLOAT16 and importer.opset < 22:
        raise ModelError(f"{node.where}: expected bfloat16 from opset 22 on, got {importer.opset}")
    for operand in [w] + ([bias] if bias is not None else []):
        if operand.element != x.element:
            raise ModelError(
                f"{node.where}: expected {types.name_of(x.element)} as the input, got "
                f"{types.name_of(operand.element)}"
            )
    if bias is not None and bias.rank != 1:
        raise ModelError(f"{node.where}: expected a bias of one dimension, got {bias.shape}")
    attributes = conv_transpose.read(node.attributes, node.where, x.shape, w.shape)
    _check_channels(node, attributes.groups, x, w, bias)
    channels = None if w.shape[1] is None else w.shape[1] * attributes.groups
    shape = [x.shape[0], channels]
    for dim, (size, kernel) in enumerate(zip(x.shape[2:], w.shape[2:])):
        if size is None or kernel is None:
            shape.append(None)
            continue
        shape.append(attributes.output_size(dim, size, kernel))
        if shape[-1] < 1:
            raise ModelError(
                f"{node.where}: expected an output size of at least 1 in spatial dimension {dim}, "
                f"got {shape[-1]}"
            )
    operands = [x, w] + ([bias] if bias is not None else [])
    names = ", ".join(value.name for value in operands)
    kinds = ", ".join(value.type for value in operands)
    kind = tensor_type(shape, x.mlir_element)
    text = f"tconv.conv_transpose {names}{attributes.text()} : ({kinds}) -> {kind}"
    return importer.emitter.result(text, x.element, shape)


def _check_channels(node, groups, x, w, bias):
    inputs = w.shape[0]
    if None not in (x.shape[1], inputs) and x.shape[1] != inputs:
        raise ModelError(
            f"{node.where}: expected a filter of {x.shape[1]} input channels, got {inputs}"
        )
    if inputs is not None and inputs % groups != 0:
        raise ModelError(
            f"{node.where}: expected a group that divides {inputs} channels, got {groups}"
        )
    if bias is None or None in (w.shape[1], bias.shape[0]):
        return
    if bias.shape[0] != w.shape[1] * groups:
        raise ModelError(
            f"{node.where}: expected a bias of {w.shape[1] * groups} numbers, got {bias.shape[0]}"
        )


def window_pads(node, x, kernels, strides, dilations):
    """Padding of a Conv or a pooling, begins and ends."""
    count = len(kernels)
    mode = node.attributes.get("auto_pad", b"NOTSET").decode(errors="replace") or "NOTSET"
    if mode == "NOTSET":
        pads = list(node.attributes.get("pads") or [0] * 2 * count)
        if len(pads) != 2 * count:
            raise ModelError(f"{node.where}: expected {2 * count} pads, got {len(pads)}")
        return pads[:count], pads[count:]
    begins, ends = [], []
    for dim in range(count):
        total = 0
        if mode in ("SAME_UPPER", "SAME_LOWER"):
            size = x.shape[dim + 2]
            if size is None:
                node.unsupported("automatic paddings of unknown sizes")
            reach = (kernels[dim] - 1) * dilations[dim] + 1
            total = max(0, (-(-size // strides[dim]) - 1) * strides[dim] + reach - size)
        begins.append(total // 2 if mode == "SAME_UPPER" else total - total // 2)
        ends.append(total - begins[-1])
    return begins, ends


@operator("Conv")
def conv(importer, node):
    emitter = importer.emitter
    x, w = node.value(0), node.value(1)
    count = x.rank - 2
    if count < 1 or w.rank != x.rank or None in w.shape or None in x.shape[1:]:
        node.unsupported("convolutions of unknown sizes")
    strides = list(node.attributes.get("strides") or [1] * count)
    dilations = list(node.attributes.get("dilations") or [1] * count)
    groups = node.attributes.get("group", 1)
    if groups < 1 or w.shape[0] % groups or x.shape[1] != w.shape[1] * groups:
        raise ModelError(
            f"{node.where}: expected {x.shape[1]} input channels in {groups} groups, got a filter "
            f"of {w.shape}"
        )
    begins, ends = window_pads(node, x, w.shape[2:], strides, dilations)
    x = pad(emitter, x, [0, 0, *begins], [0, 0, *ends], 0)
    sizes = [
        (size - (kernel - 1) * d - 1) // s + 1
        for size, kernel, s, d in zip(x.shape[2:], w.shape[2:], strides, dilations)
    ]
    if min(sizes) < 1:
        raise ModelError(f"{node.where}: expected output sizes of at least 1, got {sizes}")
    x = split_dim(emitter, x, 1, groups)
    w = split_dim(emitter, w, 0, groups)
    shape = [emitter.dim(x, 0), groups, w.shape[1], *sizes]
    start = emitter.fill(shape, x.element, "0.0")
    if node.has(2):
        start = _start_with_bias(emitter, split_dim(emitter, node.value(2), 0, groups), start)
    sums = _convolve(emitter, x, w, start, strides, dilations)
    return join_dims(emitter, sums, 1)


def _start_with_bias(emitter, bias, init):
    rank = init.rank
    maps = [emitter.affine_map(rank, ["d1", "d2"])]
    identity = emitter.affine_map(rank, [f"d{dim}" for dim in range(rank)])
    return emitter.generic([bias], maps, init, identity, ["parallel"] * rank, lambda b, _: b)


def _convolve(emitter, x, w, start, strides, dilations):
    """Loops: batch, group, output, positions; input, taps."""
    count = len(strides)
    loops = 3 + count + 1 + count
    taps = [f"d{4 + count + dim}" for dim in range(count)]
    reads = [
        f"d{3 + dim} * {s} + {tap} * {d}"
        for dim, (tap, s, d) in enumerate(zip(taps, strides, dilations))
    ]
    channel = f"d{3 + count}"
    maps = [
        emitter.affine_map(loops, ["d0", "d1", channel, *reads]),
        emitter.affine_map(loops, ["d1", "d2", channel, *taps]),
    ]
    result = emitter.affine_map(loops, [f"d{dim}" for dim in range(3 + count)])
    kinds = ["parallel"] * (3 + count) + ["reduction"] * (1 + count)

    def body(a, b, total):
        product = emitter.op(f"arith.mulf {a}, {b} : {x.mlir_element}", "n")
        return emitter.op(f"arith.addf {total}, {product} : {x.mlir_element}", "n")

    return emitter.generic([x, w], maps, start, result, kinds, body)


def split_dim(emitter, value, dim, outer):
    """A dimension as two, of `outer` and the rest."""
    shape = value.shape[:dim] + [outer, value.shape[dim] // outer] + value.shape[dim + 1 :]
    groups = [[d] if d < dim else [d, d + 1] if d == dim else [d + 1] for d in range(value.rank)]
    return expand(emitter, value, groups, shape)


def join_dims(emitter, value, dim):
    """Two dimensions as one."""
    groups = [[d] if d < dim else [d, d + 1] if d == dim else [d + 1] for d in range(value.rank - 1)]
    pair = value.shape[dim : dim + 2]
    joined = None if None in pair else pair[0] * pair[1]
    shape = value.shape[:dim] + [joined] + value.shape[dim + 2 :]
    kind = tensor_type(shape, value.mlir_element)
    text = f"tensor.collapse_shape {value.name} {groups} : {value.type} into {kind}"
    return emitter.result(text, value.element, shape)


def expand(emitter, value, groups, shape):
    """A tensor.expand_shape; unknown sizes are those of the value's dimension alone in a group."""
    sizes = []
    for dim, size in enumerate(shape):
        source = next(number for number, group in enumerate(groups) if dim in group)
        sizes.append(size if size is not None else emitter.dim(value, source))
    kind = tensor_type(shape, value.mlir_element)
    text = (
        f"tensor.expand_shape {value.name} {groups} output_shape "
        f"[{', '.join(str(size) for size in sizes)}] : {value.type} into {kind}"
    )
    return emitter.result(text, value.element, shape)


__all__ = ["Value", "conv", "expand", "join_dims", "layer", "numpy", "split_dim", "window_pads"]
