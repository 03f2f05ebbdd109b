"""Writing MLIR as text: values, ops, and the numbers of constants as resources."""

import io
import re

import numpy

from . import types

_CHUNK = 1 << 20  # bytes of a constant that are in memory as text at once


class Value:
    """A tensor in the text: its name there, ONNX's element type, and its sizes, of which
    unknown ones are None."""

    def __init__(self, name, element, shape):
        self.name = name
        self.element = element
        self.shape = list(shape)

    @property
    def rank(self):
        return len(self.shape)

    @property
    def is_static(self):
        return None not in self.shape

    @property
    def mlir_element(self):
        return storage_name(self.element)

    @property
    def type(self):
        return tensor_type(self.shape, self.mlir_element)


def storage_name(element):
    """MLIR's arithmetic is on integers without sign: unsigned ones are kept in these."""
    return types.mlir_name(element).removeprefix("u")


def tensor_type(shape, element):
    sizes = "".join("?x" if size is None else f"{size}x" for size in shape)
    return f"tensor<{sizes}{element}>"


def quote(text):
    """A string of MLIR's."""
    escaped = re.sub(
        r'[^ !#-\[\]-~]', lambda m: "".join(f"\\{b:02X}" for b in m[0].encode()), text
    )
    return f'"{escaped}"'


class Emitter:
    """Collects the ops of one function, and the constants of the module."""

    def __init__(self):
        self.lines = []
        self.indent = 2
        self.count = 0
        self.maps = {}
        self.resources = []  # (name, bytes of an element, function that gives the array)
        self.scalars = {}

    def fresh(self, stem="v"):
        self.count += 1
        return f"%{stem}{self.count}"

    def line(self, text):
        self.lines.append("  " * self.indent + text)

    def op(self, text, stem="v"):
        """Adds `%name = text`, and gives the name."""
        name = self.fresh(stem)
        self.line(f"{name} = {text}")
        return name

    def result(self, text, element, shape):
        return Value(self.op(text), element, shape)

    def index(self, number):
        """An index constant at the beginning of the function."""
        if number not in self.scalars:
            self.scalars[number] = f"%c{len(self.scalars)}"
        return self.scalars[number]

    def dim(self, value, dim):
        """A size, as a number or as the name of an index."""
        if value.shape[dim] is not None:
            return value.shape[dim]
        return self.op(f"tensor.dim {value.name}, {self.index(dim)} : {value.type}", "d")

    def constant(self, array, element=None):
        """A constant tensor. One number is written out, and all others are resources."""
        element = types.onnx_type_of(array) if element is None else element
        name = storage_name(element)
        kind = tensor_type(array.shape, name)
        value = None
        if array.size == 1 and element != types.TensorProto.BFLOAT16 and array.dtype != bool:
            value = f"dense<{number(array.reshape(-1)[0], name)}>"
        elif array.size == 0 or array.dtype == bool:
            flat = ", ".join(str(bool(entry)).lower() for entry in array.reshape(-1))
            value = f"dense<[{flat}]>" if array.ndim == 1 else None
            if value is None:
                ones = self.constant(array.astype(numpy.int8))
                return self.result(
                    f"arith.trunci {ones.name} : {ones.type} to {kind}", element, array.shape
                )
        if value is None:
            value = f"dense_resource<{self.resource(array)}>"
        return self.result(f"arith.constant {value} : {kind}", element, array.shape)

    def resource(self, array):
        name = f"w{len(self.resources)}"
        self.resources.append((name, array))
        return name

    def affine_map(self, dims, exprs):
        inputs = ", ".join(f"d{d}" for d in range(dims))
        text = f"affine_map<({inputs}) -> ({', '.join(exprs)})>"
        return self.maps.setdefault(text, f"#map{len(self.maps)}")

    def empty(self, sizes, element):
        """An uninitialized tensor; sizes are numbers or names."""
        names = [size for size in sizes if isinstance(size, str)]
        shape = [None if isinstance(size, str) else size for size in sizes]
        kind = tensor_type(shape, storage_name(element))
        return self.result(f"tensor.empty({', '.join(names)}) : {kind}", element, shape)

    def fill(self, sizes, element, text):
        """A tensor of one number, which is given as text."""
        init = self.empty(sizes, element)
        scalar = self.op(f"arith.constant {text} : {init.mlir_element}", "s")
        return self.result(
            f"linalg.fill ins({scalar} : {init.mlir_element}) outs({init.name} : {init.type}) "
            f"-> {init.type}",
            element,
            init.shape,
        )

    def generic(self, inputs, maps, init, result_map, iterators, body):
        """A linalg.generic. `body` gets the names of the numbers, that of the result last,
        and gives the name of the new one."""
        numbers = [self.fresh("x") for _ in [*inputs, init]]
        kinds = [value.mlir_element for value in [*inputs, init]]
        ins = ""
        if inputs:
            names = ", ".join(value.name for value in inputs)
            ins = f" ins({names} : {', '.join(value.type for value in inputs)})"
        name = self.fresh()
        loops = ", ".join(f'"{kind}"' for kind in iterators)
        self.line(
            f"{name} = linalg.generic {{indexing_maps = [{', '.join([*maps, result_map])}], "
            f"iterator_types = [{loops}]}}{ins} outs({init.name} : {init.type}) {{"
        )
        arguments = ", ".join(f"{n}: {k}" for n, k in zip(numbers, kinds))
        self.line(f"^bb0({arguments}):")
        self.indent += 1
        yielded = body(*numbers)
        self.line(f"linalg.yield {yielded} : {init.mlir_element}")
        self.indent -= 1
        self.line(f"}} -> {init.type}")
        return Value(name, init.element, init.shape)

    def write_resources(self, out):
        """Writes the numbers of constants, piece by piece."""
        if not self.resources:
            return
        out.write("\n{-#\n  dialect_resources: {\n    builtin: {\n")
        for index, (name, array) in enumerate(self.resources):
            data = memoryview(numpy.ascontiguousarray(array)).cast("B")
            alignment = array.dtype.itemsize.to_bytes(4, "little").hex()
            out.write(f'      {name}: "0x{alignment}')
            for start in range(0, len(data), _CHUNK):
                out.write(data[start : start + _CHUNK].hex().upper())
            out.write('"' + (",\n" if index + 1 < len(self.resources) else "\n"))
        out.write("    }\n  }\n#-}\n")

    def text(self):
        out = io.StringIO()
        for line in self.lines:
            out.write(line + "\n")
        return out.getvalue()


def number(value, name="f32"):
    """A number as MLIR reads it, of a type of this name."""
    if not name.startswith(("f", "bf")):
        return str(int(value))
    value = float(value)
    if value != value or value in (float("inf"), float("-inf")):
        hexes = {"f64": ("7FF8", "7FF0", "FFF0", 8), "f32": ("7FC0", "7F80", "FF80", 4)}
        hexes |= {"f16": ("7E00", "7C00", "FC00", 2), "bf16": ("7FC0", "7F80", "FF80", 2)}
        nan, plus, minus, size = hexes[name]
        return "0x" + (nan if value != value else plus if value > 0 else minus).ljust(2 * size, "0")
    mantissa, e, exponent = repr(value).partition("e")
    return mantissa + ("" if "." in mantissa else ".0") + e + exponent
