"""Single layers out of a model, with what stands behind them."""

import math

from . import affine, model as models, types
from .errors import ModelError, UnsupportedError
from .importer import Importer, Node

# What is taken along behind a layer: functions of single elements.
CHAIN = {
    "Add",
    "BatchNormalization",
    "Celu",
    "Clip",
    "Elu",
    "Gelu",
    "HardSigmoid",
    "HardSwish",
    "Identity",
    "LeakyRelu",
    "Mish",
    "Mul",
    "PRelu",
    "QuantizeLinear",
    "Relu",
    "Selu",
    "Sigmoid",
    "Softplus",
    "Softsign",
    "Sub",
    "Tanh",
    "ThresholdedRelu",
}


def layers_of(model):
    """The transposed convolutions of a model, in its order: name to node."""
    found = {}
    for node in model.graph.node:
        if node.op_type == "ConvTranspose":
            name = node.name or node.output[0]
            found[name if name not in found else f"{name}#{len(found)}"] = node
    return found


def chain_behind(model, layer, is_known, remark):
    """The nodes behind a layer that work on single elements, each on the one before and on
    values that are known; `remark` is told why the chain ends."""
    users = {}
    for node in model.graph.node:
        for name in node.input:
            users.setdefault(name, []).append(node)
    outputs = {value.name for value in model.graph.output}
    chain, last = [], layer.output[0]
    while True:
        following = users.get(last, [])
        if last in outputs or len(following) != 1:
            if len(following) > 1:
                remark(f"'{last}' has {len(following)} uses")
            return chain
        node = following[0]
        others = [name for name in node.input if name and name != last]
        if node.op_type not in CHAIN:
            remark(f"{node.op_type} is not taken along")
            return chain
        if not all(is_known(name) for name in others):
            remark(f"{node.op_type} needs a value that is computed elsewhere")
            return chain
        chain.append(node)
        last = node.output[0]


def extract(model, folder, value_types, name, remark=lambda text: None):
    """An Importer of one layer and its chain, and the name of the result."""
    layers = layers_of(model)
    if name not in layers:
        known = ", ".join(layers) or "none"
        raise ModelError(f"expected a transposed convolution, one of {known}; got '{name}'")
    layer = layers[name]
    importer = Importer(model, folder, value_types)
    _fold_constants(importer, model)
    chain = chain_behind(model, layer, lambda other: importer.array(other) is not None, remark)
    before = []
    for operand in layer.input:
        source = importer.producers.get(operand)
        if source is not None and source.op_type == "DequantizeLinear":
            # The layer is one of bytes.
            if importer.array(operand) is None and importer.array(source.input[0]) is None:
                before.append(source)
                operand = source.input[0]
        if operand and importer.array(operand) is None and operand not in importer.values:
            element, shape = value_types.get(operand, (0, None))
            if shape is None:
                raise UnsupportedError(
                    f"node '{name}': '{operand}' has an unknown number of dimensions"
                )
            importer.add_operand(operand, element, shape)
    graph = models.graph_of([*before, layer, *chain])
    importer.import_nodes(affine.fold(importer, graph))
    return importer, (chain[-1] if chain else layer).output[0]


def _fold_constants(importer, model):
    """Computes what depends on constants alone, such as normalized weights."""
    for proto in model.graph.node:
        node = Node(importer, proto)
        if proto.op_type == "Constant":
            importer.import_node(proto)
        elif proto.op_type not in ("Shape", "Size"):
            importer.fold(node)


def table(model, folder, value_types):
    """Rows of what there is: name, input, kernel, stride, multiply-adds and their share of all."""
    rows, total = [], 0
    counts = {}
    for node in model.graph.node:
        count = multiply_adds(node, value_types)
        total += count or 0
        counts[node.output[0]] = count
    for name, node in layers_of(model).items():
        shapes = [value_types.get(operand, (0, None))[1] for operand in node.input[:2]]
        strides = next((list(a.ints) for a in node.attribute if a.name == "strides"), None)
        count = counts[node.output[0]]
        rows.append(
            {
                "name": name,
                "input": shapes[0],
                "kernel": shapes[1][2:] if shapes[1] else None,
                "stride": strides or [1] * max(0, len(shapes[1] or []) - 2),
                "channels": shapes[1][:2] if shapes[1] else None,
                "multiply_adds": count,
                "share": count / total if count and total else None,
            }
        )
    return rows


def multiply_adds(node, value_types):
    """The useful multiply-adds of a convolution or a product; None if sizes are unknown."""
    if node.op_type not in ("ConvTranspose", "Conv", "MatMul", "Gemm"):
        return 0
    shapes = [value_types.get(name, (0, None))[1] for name in node.input[:2]]
    result = value_types.get(node.output[0], (0, None))[1]
    if node.op_type == "ConvTranspose":
        x, w = shapes
        if x is None or w is None or None in x or None in w:
            return None
        return math.prod(x) * math.prod(w[1:])
    if result is None or None in result or shapes[1] is None or None in shapes[1]:
        return None
    if node.op_type == "Conv":
        return math.prod(result) * math.prod(shapes[1][1:])
    inner = shapes[1][-2] if len(shapes[1]) > 1 else shapes[1][0]
    return math.prod(result) * inner


def format_table(rows):
    """The rows as text, in columns."""
    head = ["layer", "input", "channels", "kernel", "stride", "multiply-adds", "share"]
    lines = [head]
    for row in rows:
        sizes = [row[key] for key in ("input", "channels", "kernel", "stride")]
        count, share = row["multiply_adds"], row["share"]
        lines.append(
            [row["name"]]
            + ["x".join("?" if s is None else str(s) for s in size) if size else "?" for size in sizes]
            + [f"{count:,}" if count is not None else "?"]
            + [f"{100 * share:.1f} %" if share is not None else "?"]
        )
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() + "\n"
        for line in lines
    )


__all__ = ["chain_behind", "extract", "format_table", "layers_of", "table", "types"]
