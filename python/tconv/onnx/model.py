"""Reading a model, and finding out what it says before anything is made of it."""

import os

import onnx
import onnx.inliner
from onnx import TensorProto, helper, shape_inference

from . import conv_transpose, tensors, types
from .errors import ModelError, UnsupportedError

# Initializers of at most so many bytes take part in shape inference: shapes and axes.
_SMALL = 4096
_OLDEST_OPSET = 1
_DOMAINS = ("", "ai.onnx")
_HIDDEN = "tconv.hidden"


def _first_line(error):
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__


def load(path):
    """The model of a file, without its external data. Local functions are inlined."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        raise ModelError(f"{path}: {error.strerror}") from None
    model = onnx.ModelProto()
    try:
        model.ParseFromString(data)
    except Exception:
        raise ModelError(f"{path} is no ONNX model: it could not be parsed") from None
    del data
    if not model.HasField("graph") or not model.graph.node:
        raise ModelError(f"{path} is no ONNX model: it has no graph")
    if not _is_text(model):
        raise ModelError(f"{path} is no ONNX model: a name in it is no UTF-8")
    check_opset(model)
    if model.functions:
        try:
            model = onnx.inliner.inline_local_functions(model)
        except Exception as error:
            raise ModelError(f"{path}: its functions: {_first_line(error)}") from None
    return model


def _is_text(message):
    """Whether all strings of a message and those in it are text: protobuf gives bytes otherwise."""
    for field, value in message.ListFields():
        if field.type not in (field.TYPE_STRING, field.TYPE_MESSAGE):
            continue
        # Strings and messages, one or many of each.
        entries = [value] if isinstance(value, (str, bytes)) or hasattr(value, "ListFields") else value
        for entry in entries:
            if isinstance(entry, bytes) or (hasattr(entry, "ListFields") and not _is_text(entry)):
                return False
    return True


def check_opset(model):
    versions = [entry.version for entry in model.opset_import if entry.domain in _DOMAINS]
    if not versions:
        raise ModelError("expected an opset of ONNX among the imports, got none")
    newest = onnx.defs.onnx_opset_version()
    if versions[0] < _OLDEST_OPSET:
        raise ModelError(f"expected an opset from {_OLDEST_OPSET} on, got {versions[0]}")
    if versions[0] > newest:
        raise UnsupportedError(
            f"opset {versions[0]} is newer than {newest}, the newest that onnx "
            f"{onnx.__version__} knows"
        )


def opset_of(model):
    return next(entry.version for entry in model.opset_import if entry.domain in _DOMAINS)


def check_tensors(model, folder):
    """Looks at all numbers of a model, subgraphs included."""

    def of_graph(graph):
        for tensor in graph.initializer:
            tensors.check(tensor, folder)
        if graph.sparse_initializer:
            raise UnsupportedError("sparse initializers are not supported")
        for node in graph.node:
            for attribute in node.attribute:
                if attribute.type == onnx.AttributeProto.TENSOR:
                    tensors.check(attribute.t, folder)
                elif attribute.type == onnx.AttributeProto.GRAPH:
                    of_graph(attribute.g)

    of_graph(model.graph)


def _bytes_of(tensor):
    if tensor.data_location == TensorProto.EXTERNAL:
        return _SMALL + 1
    return max(len(tensor.raw_data), 8 * tensors.count_of(tensor))


def skeleton(model):
    """The model with its large initializers as inputs, so that checks do not copy them."""
    small = onnx.ModelProto()
    small.ir_version = max(model.ir_version, 4)
    small.opset_import.extend(model.opset_import)
    small.graph.name = model.graph.name or "graph"
    small.graph.node.extend(model.graph.node)
    small.graph.output.extend(model.graph.output)
    small.graph.value_info.extend(model.graph.value_info)
    initialized = {tensor.name: tensor for tensor in model.graph.initializer}
    for value in model.graph.input:
        if value.name not in initialized:
            small.graph.input.add().CopyFrom(value)
    for name, tensor in initialized.items():
        if _bytes_of(tensor) <= _SMALL:
            small.graph.initializer.add().CopyFrom(tensor)
        else:
            info = helper.make_tensor_value_info(name, tensor.data_type, list(tensor.dims))
            small.graph.input.add().CopyFrom(info)
    return small


def fix_shapes(model, shapes):
    """Gives inputs the sizes that a dictionary has for them."""
    inputs = {value.name: value for value in model.graph.input}
    for name, shape in shapes.items():
        if name not in inputs:
            raise ModelError(f"expected the name of an input, got '{name}'")
        tensor = inputs[name].type.tensor_type
        known = [dim.dim_value for dim in tensor.shape.dim] if tensor.HasField("shape") else None
        if known and len(known) != len(shape):
            raise ModelError(
                f"input '{name}': expected {len(known)} dimensions, got {len(shape)}: {list(shape)}"
            )
        for size, given in zip(known or [], shape):
            if size and size != given:
                raise ModelError(
                    f"input '{name}': expected sizes {[s or '?' for s in known]}, got {list(shape)}"
                )
        del tensor.shape.dim[:]
        for size in shape:
            tensor.shape.dim.add().dim_value = size


def infer(model):
    """Checks a model, and gives types and shapes of its values: name to (type, shape), where
    unknown sizes are None."""
    small = skeleton(model)
    _check_domains(small.graph)
    _guard(lambda: onnx.checker.check_model(small))
    _hide(small)
    found = _infer_once(small)
    # Shapes of layers, one after the other: each may depend on those before.
    for node in small.graph.node:
        if node.domain != _HIDDEN:
            continue
        element, shape = _result_of(node, found)
        if shape is None:
            continue
        known = found.get(node.output[0], (0, None))[1]
        if known is None or None in known:
            _set_type(small.graph, node.output[0], element, shape)
            found = _infer_once(small)
    return found


def _guard(function):
    try:
        return function()
    except Exception as error:  # onnx raises many kinds
        raise ModelError(f"the model is not valid: {_first_line(error)}") from None


def _infer_once(small):
    inferred = _guard(
        lambda: shape_inference.infer_shapes(
            small, check_type=True, strict_mode=True, data_prop=True
        )
    )
    found = {}
    for value in [*inferred.graph.input, *inferred.graph.value_info, *inferred.graph.output]:
        found[value.name] = type_of(value)
    for tensor in inferred.graph.initializer:
        found[tensor.name] = (tensor.data_type, list(tensor.dims))
    return found


def _result_of(node, found):
    """The type and the shape of a layer, as far as its operands' are known."""
    types_of = [found.get(name, (0, None)) for name in node.input[:2]]
    if len(types_of) < 2 or None in (types_of[0][1], types_of[1][1]):
        return 0, None
    (element, x), (_, w) = types_of
    attributes = {entry.name: helper.get_attribute_value(entry) for entry in node.attribute}
    where = f"node '{node.name}' (ConvTranspose)" if node.name else "ConvTranspose"
    try:
        layer = conv_transpose.read(attributes, where, x, w)
    except UnsupportedError:
        return 0, None
    shape = [x[0], None if w[1] is None else w[1] * layer.groups]
    for dim, (size, kernel) in enumerate(zip(x[2:], w[2:])):
        shape.append(None if None in (size, kernel) else layer.output_size(dim, size, kernel))
    return element, shape


def _set_type(graph, name, element, shape):
    for values in (graph.value_info, graph.output):
        for value in values:
            if value.name == name:
                tensor = value.type.tensor_type
                tensor.elem_type = tensor.elem_type or element
                del tensor.shape.dim[:]
                for size in shape:
                    dim = tensor.shape.dim.add()
                    if size is not None:
                        dim.dim_value = size
                return
    graph.value_info.add().CopyFrom(helper.make_tensor_value_info(name, element, shape))


def _hide(model):
    """Keeps onnx from inferring the shapes of transposed convolutions, which it gets wrong beside
    output_shape and auto_pad (as of onnx 1.23)."""

    def in_graph(graph):
        for node in graph.node:
            if node.op_type == "ConvTranspose":
                node.domain = _HIDDEN
            for attribute in node.attribute:
                if attribute.type == onnx.AttributeProto.GRAPH:
                    in_graph(attribute.g)

    in_graph(model.graph)
    model.opset_import.add(domain=_HIDDEN, version=1)


def _check_domains(graph):
    for node in graph.node:
        if node.domain not in _DOMAINS:
            raise UnsupportedError(f"the operator {node.domain}.{node.op_type} is not known")
        if not onnx.defs.has(node.op_type):
            raise UnsupportedError(f"the operator {node.op_type} is not known")


def type_of(value):
    """The element type and the sizes of a value; no sizes if their number is unknown."""
    tensor = value.type.tensor_type
    if not tensor.HasField("shape"):
        return tensor.elem_type, None
    return tensor.elem_type, [
        dim.dim_value if dim.HasField("dim_value") else None for dim in tensor.shape.dim
    ]


def graph_of(nodes):
    """A graph of nodes alone."""
    graph = onnx.GraphProto()
    graph.node.extend(nodes)
    return graph


def folder_of(path):
    return os.path.dirname(os.path.abspath(path))


__all__ = [
    "check_tensors",
    "fix_shapes",
    "folder_of",
    "infer",
    "load",
    "opset_of",
    "skeleton",
    "type_of",
    "types",
]
