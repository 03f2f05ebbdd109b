"""Pooling and resizing."""

import math

import numpy

from .. import types
from ..emitter import number
from ..errors import ModelError
from ..importer import operator
from .convolution import window_pads
from .padding import pad


@operator("MaxPool")
def max_pool(importer, node):
    emitter = importer.emitter
    x = node.value(0)
    kernels = list(node.attributes.get("kernel_shape", []))
    count = len(kernels)
    if count != x.rank - 2 or None in x.shape[1:] or len([o for o in node.proto.output if o]) > 1:
        node.unsupported("poolings of this kind")
    if not types.is_float(x.element):
        node.unsupported("poolings of integers")
    strides = list(node.attributes.get("strides") or [1] * count)
    dilations = list(node.attributes.get("dilations") or [1] * count)
    begins, ends = window_pads(node, x, kernels, strides, dilations)
    if node.attributes.get("ceil_mode", 0):
        for dim in range(count):
            reach = (kernels[dim] - 1) * dilations[dim] + 1
            length = x.shape[dim + 2] + begins[dim] + ends[dim] - reach
            ends[dim] += -length % strides[dim]
    x = pad(emitter, x, [0, 0, *begins], [0, 0, *ends], -math.inf)
    sizes = [
        (size - (kernel - 1) * d - 1) // s + 1
        for size, kernel, s, d in zip(x.shape[2:], kernels, strides, dilations)
    ]
    if min(sizes) < 1:
        raise ModelError(f"{node.where}: expected output sizes of at least 1, got {sizes}")
    shape = [emitter.dim(x, 0), x.shape[1], *sizes]
    init = emitter.fill(shape, x.element, number(-math.inf, x.mlir_element))
    window = emitter.empty(kernels, x.element)
    loops = 2 + 2 * count
    reads = [
        f"d{2 + dim} * {s} + d{2 + count + dim} * {d}"
        for dim, (s, d) in enumerate(zip(strides, dilations))
    ]
    maps = [
        emitter.affine_map(loops, ["d0", "d1", *reads]),
        emitter.affine_map(loops, [f"d{2 + count + dim}" for dim in range(count)]),
    ]
    result = emitter.affine_map(loops, [f"d{dim}" for dim in range(2 + count)])
    kinds = ["parallel"] * (2 + count) + ["reduction"] * count

    def body(value, _, largest):
        return emitter.op(f"arith.maximumf {largest}, {value} : {x.mlir_element}", "n")

    return emitter.generic([x, window], maps, init, result, kinds, body)


@operator("Resize", "Upsample")
def resize(importer, node):
    """Repeats elements a whole number of times."""
    x = node.value(0)
    mode = node.attributes.get("mode", b"nearest")
    if mode != b"nearest" or not x.is_static:
        node.unsupported("resizes other than of the nearest element, or of unknown sizes")
    scales = _scales(importer, node, x)
    factors = [round(scale) for scale in scales]
    exact = all(factor == scale and factor >= 1 for factor, scale in zip(factors, scales))
    transform = node.attributes.get("coordinate_transformation_mode", b"half_pixel")
    nearest = node.attributes.get("nearest_mode", b"round_prefer_floor")
    # Of whole factors these modes take floor(i / factor), whatever is rounded how.
    plain = node.op_type == "Upsample" or (
        (transform == b"asymmetric" and nearest == b"floor")
        or (transform in (b"half_pixel", b"pytorch_half_pixel") and nearest in
            (b"round_prefer_floor", b"round_prefer_ceil"))
    )
    if not exact or not plain:
        node.unsupported("resizes other than by whole factors, to the element before")
    return repeat(importer.emitter, x, factors)


def _scales(importer, node, x):
    if node.op_type == "Upsample":
        scales = node.attributes.get("scales")
        scales = node.constant(1) if scales is None else scales
    else:
        old = importer.opset < 11
        scales = node.constant(1 if old else 2)
        sizes = None if old else node.constant(3)
        if sizes is not None and numpy.size(sizes):
            scales = [int(size) / have for size, have in zip(sizes, x.shape)]
    if scales is None or len(scales) != x.rank or node.attributes.get("axes"):
        node.unsupported("scales that are computed")
    return [float(scale) for scale in scales]


def repeat(emitter, x, factors):
    """Each element `factor` times along each dimension."""
    shape = [size * factor for size, factor in zip(x.shape, factors)]
    init = emitter.empty(shape, x.element)
    identity = emitter.affine_map(x.rank, [f"d{dim}" for dim in range(x.rank)])

    def body(_):
        places = []
        for dim, factor in enumerate(factors):
            place = emitter.op(f"linalg.index {dim} : index", "i")
            if factor != 1:
                place = emitter.op(f"arith.divui {place}, {emitter.index(factor)} : index", "i")
            places.append(place)
        return emitter.op(f"tensor.extract {x.name}[{', '.join(places)}] : {x.type}", "n")

    return emitter.generic([], [], init, identity, ["parallel"] * x.rank, body)
