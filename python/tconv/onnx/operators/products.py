"""Products of matrices, and reductions."""

import math

from .. import elementwise
from ..errors import ModelError
from ..importer import operator


@operator("MatMul")
def matmul(importer, node):
    return _multiply(importer, node, node.value(0), node.value(1), False, False)


@operator("Gemm")
def gemm(importer, node):
    alpha, beta = node.attributes.get("alpha", 1.0), node.attributes.get("beta", 1.0)
    transposed = [bool(node.attributes.get(name, 0)) for name in ("transA", "transB")]
    result = _multiply(importer, node, node.value(0), node.value(1), *transposed)
    operands = [result] + ([node.value(2)] if node.has(2) else [])
    if alpha == 1 and len(operands) == 1:
        return result

    def body(n, product, *addend):
        product = n.mul(n.const(alpha), product) if alpha != 1 else product
        for number in addend:
            product = n.add(product, n.mul(n.const(beta), number) if beta != 1 else number)
        return product

    return elementwise.apply(importer.emitter, operands, result.element, body)


def _multiply(importer, node, a, b, transpose_a, transpose_b):
    """The product of matrices, of each of a batch."""
    emitter = importer.emitter
    if min(a.rank, b.rank) < 2:
        node.unsupported("products of vectors")
    rank = max(a.rank, b.rank)
    shapes = [
        value.shape[:-2] + (value.shape[-2:][::-1] if swapped else value.shape[-2:])
        for value, swapped in ((a, transpose_a), (b, transpose_b))
    ]
    if None not in (shapes[0][-1], shapes[1][-2]) and shapes[0][-1] != shapes[1][-2]:
        raise ModelError(f"{node.where}: expected matrices that fit, got {a.shape} and {b.shape}")
    batch = elementwise.broadcast_shape([a.shape[:-2], b.shape[:-2]])
    row, column, inner = f"d{rank - 2}", f"d{rank - 1}", f"d{rank}"
    maps = []
    for value, pair, swapped in (
        (a, [row, inner], transpose_a),
        (b, [inner, column], transpose_b),
    ):
        exprs = []
        for dim, size in enumerate(value.shape[:-2], rank - value.rank):
            exprs.append("0" if size == 1 and batch[dim] != 1 else f"d{dim}")
        maps.append(emitter.affine_map(rank + 1, exprs + (pair[::-1] if swapped else pair)))
    sizes = []
    for dim, size in enumerate(batch):
        if size is None:
            node.unsupported("batches of unknown sizes")
        sizes.append(size)
    sizes.append(emitter.dim(a, a.rank - (1 if transpose_a else 2)))
    sizes.append(emitter.dim(b, b.rank - (2 if transpose_b else 1)))
    init = emitter.fill(sizes, a.element, "0.0")
    result = emitter.affine_map(rank + 1, [f"d{dim}" for dim in range(rank)])

    def body(x, y, total):
        product = emitter.op(f"arith.mulf {x}, {y} : {a.mlir_element}", "n")
        return emitter.op(f"arith.addf {total}, {product} : {a.mlir_element}", "n")

    kinds = ["parallel"] * rank + ["reduction"]
    return emitter.generic([a, b], maps, init, result, kinds, body)


_STARTS = {"sum": 0.0, "max": -math.inf, "min": math.inf, "prod": 1.0}


def reduce(importer, node, kind, value, axes, keep):
    """Combines the elements along axes by sum, mean, max, min or prod."""
    emitter = importer.emitter
    combine = "sum" if kind == "mean" else kind
    kept = [dim for dim in range(value.rank) if dim not in axes]
    places = list(range(value.rank)) if keep else kept
    sizes = [1 if dim in axes else emitter.dim(value, dim) for dim in places]
    start = elementwise.number(_STARTS[combine], value.mlir_element)
    init = emitter.fill(sizes, value.element, start)
    identity = emitter.affine_map(value.rank, [f"d{dim}" for dim in range(value.rank)])
    exprs = ["0" if dim in axes else f"d{dim}" for dim in places]
    kinds = ["reduction" if dim in axes else "parallel" for dim in range(value.rank)]
    name = {"sum": "addf", "max": "maximumf", "min": "minimumf", "prod": "mulf"}[combine]

    def body(x, total):
        return emitter.op(f"arith.{name} {x}, {total} : {value.mlir_element}", "n")

    result = emitter.generic(
        [value], [identity], init, emitter.affine_map(value.rank, exprs), kinds, body
    )
    if kind != "mean":
        return result
    counts = [value.shape[axis] for axis in axes]
    if None in counts:
        node.unsupported("means along unknown sizes")
    return elementwise.apply(
        emitter, [result], value.element, lambda n, x: n.div(x, n.const(math.prod(counts)))
    )


@operator("ReduceMean", "ReduceSum", "ReduceMax", "ReduceMin", "ReduceProd")
def reduce_node(importer, node):
    value = node.value(0)
    axes = node.integers("axes", 1)
    if not axes:
        if node.attributes.get("noop_with_empty_axes", 0):
            return value
        axes = list(range(value.rank))
    if any(not -value.rank <= axis < value.rank for axis in axes):
        raise ModelError(f"{node.where}: expected axes of rank {value.rank}, got {axes}")
    axes = [axis % value.rank for axis in axes]
    keep = bool(node.attributes.get("keepdims", 1))
    return reduce(importer, node, node.op_type[6:].lower(), value, axes, keep)


@operator("GlobalAveragePool", "GlobalMaxPool")
def global_pool(importer, node):
    value = node.value(0)
    kind = "mean" if node.op_type == "GlobalAveragePool" else "max"
    return reduce(importer, node, kind, value, list(range(2, value.rank)), keep=True)


@operator("Softmax")
def softmax(importer, node):
    emitter = importer.emitter
    value = node.value(0)
    axis = node.axis(value.rank, otherwise=-1 if importer.opset >= 13 else 1)
    # Before opset 13 the axes from this one on were one.
    axes = [axis] if importer.opset >= 13 else list(range(axis, value.rank))
    largest = reduce(importer, node, "max", value, axes, keep=True)
    powers = elementwise.apply(
        emitter, [value, largest], value.element, lambda n, x, m: n.exp(n.sub(x, m))
    )
    total = reduce(importer, node, "sum", powers, axes, keep=True)
    return elementwise.apply(emitter, [powers, total], value.element, lambda n, x, s: n.div(x, s))
