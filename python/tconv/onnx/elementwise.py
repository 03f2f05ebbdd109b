"""Functions of numbers, and their application to the elements of tensors."""

import math

from onnx import TensorProto

from . import types
from .emitter import number, storage_name
from .errors import ModelError, UnsupportedError

_NARROW = (TensorProto.FLOAT16, TensorProto.BFLOAT16)


class Numbers:
    """Ops on numbers of one element type, inside of a linalg.generic. Those of 16 bits are
    computed in f32."""

    def __init__(self, emitter, element):
        self.emitter = emitter
        self.element = TensorProto.FLOAT if element in _NARROW else element
        self.kind = storage_name(self.element)
        self.suffix = "f" if types.is_float(element) else "i"

    def load(self, name, element):
        """A number of a tensor as one of this type."""
        return convert(self.emitter, name, element, self.element)

    def const(self, value):
        return self.emitter.op(f"arith.constant {number(value, self.kind)} : {self.kind}", "k")

    def arith(self, name, *operands):
        return self.emitter.op(f"arith.{name}{self.suffix} {', '.join(operands)} : {self.kind}", "n")

    def math(self, name, *operands):
        return self.emitter.op(f"math.{name} {', '.join(operands)} : {self.kind}", "n")

    def add(self, a, b):
        return self.arith("add", a, b)

    def sub(self, a, b):
        return self.arith("sub", a, b)

    def mul(self, a, b):
        return self.arith("mul", a, b)

    def div(self, a, b):
        if self.suffix == "i":
            return self.emitter.op(f"arith.divsi {a}, {b} : {self.kind}", "n")
        return self.arith("div", a, b)

    def max(self, a, b):
        name = "maximumf" if self.suffix == "f" else "maxsi"
        return self.emitter.op(f"arith.{name} {a}, {b} : {self.kind}", "n")

    def min(self, a, b):
        name = "minimumf" if self.suffix == "f" else "minsi"
        return self.emitter.op(f"arith.{name} {a}, {b} : {self.kind}", "n")

    def neg(self, a):
        return self.arith("neg", a) if self.suffix == "f" else self.sub(self.const(0), a)

    def compare(self, predicate, a, b):
        floats = {"eq": "oeq", "ne": "une"}.get(predicate, "o" + predicate)
        integers = predicate if predicate in ("eq", "ne") else "s" + predicate
        which = floats if self.suffix == "f" else integers
        return self.emitter.op(f"arith.cmp{self.suffix} {which}, {a}, {b} : {self.kind}", "b")

    def select(self, condition, a, b):
        return self.emitter.op(f"arith.select {condition}, {a}, {b} : {self.kind}", "n")

    def exp(self, a):
        return self.math("exp", a)

    def sigmoid(self, a):
        one = self.const(1)
        return self.div(one, self.add(one, self.exp(self.neg(a))))

    def softplus(self, a):
        """log(1 + exp(x)), which does not overflow."""
        magnitude = self.math("absf", a)
        rest = self.math("log1p", self.exp(self.neg(magnitude)))
        return self.add(self.max(a, self.const(0)), rest)


def convert(emitter, name, source, target):
    """A number in another element type."""
    if source == target:
        return name
    a, b = storage_name(source), storage_name(target)
    if types.is_float(source) and types.is_float(target):
        wide, narrow = types.describe(target)[1], types.describe(source)[1]
        if wide == narrow:  # bf16 and f16
            middle = convert(emitter, name, source, TensorProto.FLOAT)
            return convert(emitter, middle, TensorProto.FLOAT, target)
        op = "extf" if wide > narrow else "truncf"
    elif target == TensorProto.BOOL:
        zero = emitter.op(f"arith.constant {number(0, a)} : {a}", "k")
        test = "cmpf une" if types.is_float(source) else "cmpi ne"
        return emitter.op(f"arith.{test}, {name}, {zero} : {a}", "b")
    else:
        unsigned = storage_name(source) != types.mlir_name(source) or source == TensorProto.BOOL
        if types.is_float(source):
            op = "fptoui" if storage_name(target) != types.mlir_name(target) else "fptosi"
        elif types.is_float(target):
            op = "uitofp" if unsigned else "sitofp"
        elif types.describe(target)[1] == types.describe(source)[1] and a == b:
            return name
        elif types.describe(target)[1] > types.describe(source)[1] or a == "i1":
            op = "extui" if unsigned else "extsi"
        else:
            op = "trunci"
    return emitter.op(f"arith.{op} {name} : {a} to {b}", "n")


def broadcast_shape(shapes):
    """NumPy's rule; an unknown size wins over 1."""
    rank = max((len(shape) for shape in shapes), default=0)
    result = [1] * rank
    for shape in shapes:
        for dim, size in enumerate(shape, rank - len(shape)):
            if size == 1:
                continue
            if result[dim] in (1, None):
                result[dim] = size if size is not None or result[dim] == 1 else result[dim]
            elif size is not None and size != result[dim]:
                raise ModelError(f"expected shapes that fit each other, got {shapes}")
    return result


def apply(emitter, operands, element, body):
    """Applies `body` to the elements of tensors. It gets a Numbers and the names of the
    numbers, in the type of the result, and gives the name of the result."""
    return apply_typed(emitter, operands, element, element, body)


def apply_typed(emitter, operands, compute, element, body):
    """The same, computed in another type than that of the result."""
    shape = broadcast_shape([operand.shape for operand in operands])
    rank = len(shape)
    maps = []
    sources = [None] * rank
    for operand in operands:
        exprs = []
        for dim, size in enumerate(operand.shape):
            place = dim + rank - operand.rank
            if size == 1 and shape[place] != 1:
                exprs.append("0")
                continue
            exprs.append(f"d{place}")
            sources[place] = sources[place] or (operand, dim)
        maps.append(emitter.affine_map(rank, exprs))
    sizes = [
        size if size is not None else emitter.dim(*source) for size, source in zip(shape, sources)
    ]
    init = emitter.empty(sizes, element)
    identity = emitter.affine_map(rank, [f"d{dim}" for dim in range(rank)])

    def region(*names):
        numbers = Numbers(emitter, compute)
        loaded = [numbers.load(n, v.element) for n, v in zip(names, operands)]
        result = body(numbers, *loaded)
        if element == TensorProto.BOOL:
            return result
        return convert(emitter, result, numbers.element, element)

    return emitter.generic(operands, maps, init, identity, ["parallel"] * rank, region)


# name: function of a Numbers, the attributes and the names of the operands
UNARY = {
    "Abs": lambda n, a, x: n.math("absf" if n.suffix == "f" else "absi", x),
    "Ceil": lambda n, a, x: n.math("ceil", x),
    "Cos": lambda n, a, x: n.math("cos", x),
    "Erf": lambda n, a, x: n.math("erf", x),
    "Exp": lambda n, a, x: n.exp(x),
    "Floor": lambda n, a, x: n.math("floor", x),
    "Log": lambda n, a, x: n.math("log", x),
    "Neg": lambda n, a, x: n.neg(x),
    "Reciprocal": lambda n, a, x: n.div(n.const(1), x),
    "Relu": lambda n, a, x: n.max(x, n.const(0)),
    "Round": lambda n, a, x: n.math("roundeven", x),
    "Sigmoid": lambda n, a, x: n.sigmoid(x),
    "Sin": lambda n, a, x: n.math("sin", x),
    "Softplus": lambda n, a, x: n.softplus(x),
    "Softsign": lambda n, a, x: n.div(x, n.add(n.const(1), n.math("absf", x))),
    "Sqrt": lambda n, a, x: n.math("sqrt", x),
    "Tanh": lambda n, a, x: n.math("tanh", x),
    "Mish": lambda n, a, x: n.mul(x, n.math("tanh", n.softplus(x))),
    "HardSwish": lambda n, a, x: n.mul(x, _hard_sigmoid(n, x, 1 / 6, 0.5)),
    "HardSigmoid": lambda n, a, x: _hard_sigmoid(n, x, a.get("alpha", 0.2), a.get("beta", 0.5)),
    "LeakyRelu": lambda n, a, x: _below_zero(n, x, n.mul(n.const(a.get("alpha", 0.01)), x)),
    "ThresholdedRelu": lambda n, a, x: n.select(
        n.compare("gt", x, n.const(a.get("alpha", 1.0))), x, n.const(0)
    ),
    "Elu": lambda n, a, x: _below_zero(
        n, x, n.mul(n.const(a.get("alpha", 1.0)), n.math("expm1", x))
    ),
    "Celu": lambda n, a, x: _celu(n, x, a.get("alpha", 1.0)),
    "Selu": lambda n, a, x: _selu(
        n, x, a.get("alpha", 1.6732631921768188), a.get("gamma", 1.0507010221481323)
    ),
    "Gelu": lambda n, a, x: _gelu(n, x, a.get("approximate", b"none")),
}

BINARY = {
    "Add": lambda n, a, x, y: n.add(x, y),
    "Sub": lambda n, a, x, y: n.sub(x, y),
    "Mul": lambda n, a, x, y: n.mul(x, y),
    "Div": lambda n, a, x, y: n.div(x, y),
    "Max": lambda n, a, x, y: n.max(x, y),
    "Min": lambda n, a, x, y: n.min(x, y),
    "Pow": lambda n, a, x, y: n.math("powf", x, y),
    "PRelu": lambda n, a, x, y: _below_zero(n, x, n.mul(y, x)),
    "Sum": lambda n, a, x, y: n.add(x, y),
}

COMPARISONS = {
    "Equal": "eq",
    "Greater": "gt",
    "GreaterOrEqual": "ge",
    "Less": "lt",
    "LessOrEqual": "le",
}


def _below_zero(n, x, negative):
    return n.select(n.compare("lt", x, n.const(0)), negative, x)


def _hard_sigmoid(n, x, alpha, beta):
    line = n.add(n.mul(n.const(alpha), x), n.const(beta))
    return n.max(n.const(0), n.min(n.const(1), line))


def _celu(n, x, alpha):
    if alpha == 0:
        raise ModelError("Celu: expected an alpha other than 0, got 0")
    negative = n.mul(n.const(alpha), n.math("expm1", n.div(x, n.const(alpha))))
    return n.add(n.max(x, n.const(0)), n.min(n.const(0), negative))


def _selu(n, x, alpha, gamma):
    negative = n.mul(n.const(alpha), n.math("expm1", x))
    return n.mul(n.const(gamma), _below_zero(n, x, negative))


def _gelu(n, x, approximate):
    half = n.mul(x, n.const(0.5))
    if approximate == b"none":
        return n.mul(half, n.add(n.const(1), n.math("erf", n.mul(x, n.const(math.sqrt(0.5))))))
    if approximate != b"tanh":
        raise UnsupportedError(f"Gelu approximated by {approximate.decode(errors='replace')}")
    cube = n.mul(n.mul(n.mul(x, x), x), n.const(0.044715))
    inner = n.mul(n.add(x, cube), n.const(math.sqrt(2 / math.pi)))
    return n.mul(half, n.add(n.const(1), n.math("tanh", inner)))
