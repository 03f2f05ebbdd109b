"""From the nodes of a graph to the ops of a function."""

import numpy
import onnx
from onnx import AttributeProto, helper
from onnx.reference import ReferenceEvaluator

from . import elementwise, model as models, tensors, types
from .emitter import Emitter, Value, quote
from .errors import ModelError, UnsupportedError

# Constants that are computed while importing may have so many elements.
_FOLD_LIMIT = 1 << 26
_NOT_FOLDED = {
    "RandomNormal",
    "RandomUniform",
    "RandomNormalLike",
    "RandomUniformLike",
    "Bernoulli",
    "Multinomial",
    "Dropout",
    "If",
    "Loop",
    "Scan",
}
OPERATORS = {}


def operator(*names):
    """Registers the lowering of operators: a function of an Importer and a Node, which gives
    a Value or a list of them."""

    def register(function):
        for name in names:
            OPERATORS[name] = function
        return function

    return register


def attributes_of(node):
    """Attributes by name: integers, floats, bytes, lists of these, tensors, graphs."""
    return {attribute.name: helper.get_attribute_value(attribute) for attribute in node.attribute}


class Node:
    """A node and what is known of it."""

    def __init__(self, importer, proto):
        self.importer = importer
        self.proto = proto
        self.op_type = proto.op_type
        self.attributes = attributes_of(proto)
        self.where = f"node '{proto.name}' ({proto.op_type})" if proto.name else proto.op_type

    def has(self, number):
        return number < len(self.proto.input) and self.proto.input[number] != ""

    def value(self, number):
        """An operand as a tensor of the text."""
        if not self.has(number):
            raise ModelError(f"{self.where}: expected an operand number {number}, got none")
        return self.importer.value(self.proto.input[number])

    def constant(self, number):
        """An operand as an array, if it is known; None otherwise."""
        return self.importer.constant(self.proto.input[number]) if self.has(number) else None

    def integers(self, name, number):
        """Integers that are an attribute or, since a later opset, an operand."""
        if name in self.attributes:
            return list(self.attributes[name])
        if not self.has(number):
            return None
        array = self.constant(number)
        if array is None:
            self.unsupported(f"{name} that are computed")
        return [int(entry) for entry in array.reshape(-1)]

    def unsupported(self, what):
        raise UnsupportedError(f"{self.where}: {what} are not supported")

    def output_type(self, number=0):
        """The type and the shape that inference gave to a result."""
        return self.importer.types.get(self.proto.output[number], (0, None))

    def axis(self, rank, name="axis", otherwise=0):
        axis = self.attributes.get(name, otherwise)
        if not -rank <= axis < rank:
            raise ModelError(f"{self.where}: expected an axis from {-rank} to {rank - 1}, got {axis}")
        return axis % rank


class Importer:
    """Imports one graph into a function."""

    def __init__(self, model, folder, value_types):
        self.model = model
        self.folder = folder
        self.types = value_types
        self.opset = models.opset_of(model)
        self.emitter = Emitter()
        self.values = {}  # name: Value
        self.arrays = {}  # name: (array, element type), of constants
        self.initializers = {tensor.name: tensor for tensor in model.graph.initializer}
        self.uses = _count_uses(model.graph)
        self.producers = {name: node for node in model.graph.node for name in node.output}
        self.arguments = []

    # Values

    def constant(self, name):
        """The array of a constant; None if the value is none."""
        entry = self.array(name)
        return entry[0] if entry else None

    def array(self, name):
        if name not in self.arrays and name in self.initializers and name not in self.values:
            tensor = self.initializers[name]
            self.arrays[name] = (tensors.read(tensor, self.folder), tensor.data_type)
        return self.arrays.get(name)

    def value(self, name):
        if name not in self.values:
            entry = self.array(name)
            if entry is None:
                raise ModelError(f"expected a definition of '{name}', found none")
            self.values[name] = self.emitter.constant(*entry)
        return self.values[name]

    def add_argument(self, info):
        element, shape = models.type_of(info)
        if shape is None:
            shape = self.types.get(info.name, (element, None))[1]
        if shape is None:
            raise UnsupportedError(f"input '{info.name}' has an unknown number of dimensions")
        self.add_operand(info.name, element, shape)

    def add_operand(self, name, element, shape):
        types.describe(element)
        value = Value(f"%arg{len(self.arguments)}", element, shape)
        self.arguments.append((name, value))
        self.values[name] = value

    # Nodes

    def add_arguments(self, graph):
        for info in graph.input:
            if info.name not in self.initializers:
                self.add_argument(info)

    def import_nodes(self, nodes):
        for proto in nodes:
            self.import_node(proto)

    def import_node(self, proto):
        node = Node(self, proto)
        if self.fold(node):
            return
        lower = OPERATORS.get(proto.op_type)
        if lower is None:
            raise UnsupportedError(f"{node.where}: there is no lowering of this operator")
        results = lower(self, node)
        results = results if isinstance(results, list) else [results]
        for name, result in zip(proto.output, results):
            if not name:
                continue
            if isinstance(result, tuple):
                self.arrays[name] = result
            else:
                self.check_shape(node, name, result)
                self.values[name] = result

    def check_shape(self, node, name, result):
        element, shape = self.types.get(name, (0, None))
        fits = shape is None or (
            len(shape) == result.rank
            and all(a == b or None in (a, b) for a, b in zip(shape, result.shape))
        )
        if not fits or element not in (0, result.element):
            raise ModelError(
                f"{node.where}: expected a result '{name}' of {types.name_of(element)} {shape}, got "
                f"{types.name_of(result.element)} {result.shape}"
            )

    def fold(self, node):
        """Computes a node of constants alone, and the shape of a value whose sizes are known."""
        proto = node.proto
        if proto.op_type in ("Shape", "Size"):
            return self.fold_shape(node)
        if proto.op_type in _NOT_FOLDED or proto.op_type == "ConvTranspose":
            return False
        names = [name for name in proto.input if name]
        entries = [self.array(name) for name in names]
        if None in entries or any(name in self.values and name not in self.arrays for name in names):
            return False
        if any(element == types.TensorProto.BFLOAT16 for _, element in entries):
            return False
        for name in proto.output:
            _, shape = self.types.get(name, (0, None))
            if shape and None not in shape and numpy.prod(shape, dtype=object) > _FOLD_LIMIT:
                return False
        results = evaluate(node, dict(zip(names, (array for array, _ in entries))), self.opset)
        for name, result in zip(proto.output, results):
            if name:
                self.arrays[name] = (result, types.onnx_type_of(result))
        return True

    def fold_shape(self, node):
        name = node.proto.input[0]
        entry = self.array(name)
        shape = list(entry[0].shape) if entry else self.value(name).shape
        if node.op_type == "Shape":
            shape = shape[node.attributes.get("start", 0) : node.attributes.get("end")]
        if None in shape:
            raise UnsupportedError(f"{node.where}: sizes that are not known; give them by --shape")
        result = numpy.array(shape, dtype=numpy.int64)
        if node.op_type == "Size":
            result = numpy.array(numpy.prod(result), dtype=numpy.int64)
        self.arrays[node.proto.output[0]] = (result, types.TensorProto.INT64)
        return True

    def used_once(self, name):
        return self.uses.get(name, 0) == 1

    # Text

    def function(self, name, outputs, attributes=""):
        """The text of a function of all that was imported, which returns values by name."""
        results = [self.value(output) for output in outputs]
        arguments = ", ".join(f"{value.name}: {value.type}" for _, value in self.arguments)
        kinds = ", ".join(value.type for value in results)
        kinds = f"({kinds})" if len(results) != 1 else kinds
        lines = [f"  func.func @{name}({arguments}) -> {kinds} {attributes}{{\n"]
        for number, constant in self.emitter.scalars.items():
            lines.append(f"    {constant} = arith.constant {number} : index\n")
        lines.append(self.emitter.text())
        names = ", ".join(value.name for value in results)
        lines.append(f"    return {names} : {', '.join(value.type for value in results)}\n  }}\n")
        return lines

    def write(self, out, outputs):
        """Writes the module."""
        text = self.function("main", outputs)
        for definition, name in self.emitter.maps.items():
            out.write(f"{name} = {definition}\n")
        out.write("module {\n")
        for line in text:
            out.write(line)
        out.write("}\n")
        self.emitter.write_resources(out)


def evaluate(node, arrays, opset):
    """The results of a node of known operands."""
    if node.op_type == "DequantizeLinear":
        return [_dequantize(node, *arrays.values())]
    inputs = [
        helper.make_tensor_value_info(name, types.onnx_type_of(array), list(array.shape))
        for name, array in arrays.items()
    ]
    outputs = [onnx.ValueInfoProto(name=name) for name in node.proto.output if name]
    graph = helper.make_graph([node.proto], "constant", inputs, outputs)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)])
    try:
        with numpy.errstate(all="ignore"):
            results = ReferenceEvaluator(model).run(None, arrays)
    except Exception as error:
        raise UnsupportedError(f"{node.where}: its constants could not be computed: {error}") from None
    return [numpy.asarray(result) for result in results]


def _dequantize(node, x, scale, zero=None):
    """onnx has none of before opset 19."""
    if node.attributes.get("block_size", 0):
        node.unsupported("blocks of scales")

    def along(vector):
        if vector.size == 1:
            return vector.reshape(())
        shape = [1] * x.ndim
        shape[node.axis(x.ndim, otherwise=1)] = -1
        return vector.reshape(shape)

    try:
        wide = x.astype(numpy.int64) - (0 if zero is None else along(zero).astype(numpy.int64))
        return (wide.astype(scale.dtype) * along(scale)).astype(scale.dtype)
    except ValueError:
        raise ModelError(
            f"{node.where}: expected scales that fit {list(x.shape)}, got {list(scale.shape)}"
        ) from None


def _count_uses(graph):
    uses = {}

    def of_graph(inner):
        for node in inner.node:
            for name in node.input:
                uses[name] = uses.get(name, 0) + 1
            for attribute in node.attribute:
                if attribute.type == AttributeProto.GRAPH:
                    of_graph(attribute.g)
        for output in inner.output:
            uses[output.name] = uses.get(output.name, 0) + 1

    of_graph(graph)
    return uses


__all__ = ["Importer", "Node", "OPERATORS", "elementwise", "operator", "quote"]
