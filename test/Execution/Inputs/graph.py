"""What a module of random steps is made of, with the array that numpy gives for each value."""

import math

import modules
import numpy

LARGEST = 2**21  # sums and products of these are still exact in f32
MOST_ELEMENTS = 600


class Value:
    """A tensor of the module: its name, its array, and which of its sizes the type leaves open."""

    def __init__(self, name, array, open_dims):
        self.name, self.array, self.open = name, array, frozenset(open_dims)
        self.type = modules.tensor_type(array, self.open)
        self.rank = array.ndim


class Graph:
    def __init__(self, draw, name):
        self.draw, self.name = draw, name
        self.lines, self.inputs, self.arguments, self.values = [], [], [], []
        self.count = 0
        for _ in range(draw.randint(1, 2)):
            self.add_argument(draw.choice([(1, 2, 5), (2, 3, 4), (1, 4, 3), (1, 2, 3, 4)]))

    def fresh(self, stem="v"):
        self.count += 1
        return f"%{stem}{self.count}"

    def emit(self, text):
        self.lines.append(text)

    def numbers(self, shape, bound=3):
        flat = [self.draw.randint(-bound, bound) for _ in range(math.prod(shape))]
        return numpy.array(flat, dtype=numpy.float32).reshape(shape)

    def some_dims(self, rank):
        """All, none, or some of the dimensions."""
        kind = self.draw.choice(["all", "none", "some"])
        return [dim for dim in range(rank)
                if kind == "all" or (kind == "some" and self.draw.random() < 0.5)]

    def add_argument(self, shape, open_dims=None, actual=None):
        """`actual`: the shape of the array that is given, if it is another one."""
        value = Value(f"%a{len(self.inputs)}", self.numbers(shape),
                      self.some_dims(len(shape)) if open_dims is None else open_dims)
        self.arguments.append(f"{value.name}: {value.type}")
        self.inputs.append(value.array if actual is None else self.numbers(actual))
        self.values.append(value)
        return value

    def constant(self, shape):
        array = self.numbers(shape)
        value = Value(self.fresh("k"), array, ())
        self.emit(f"{value.name} = arith.constant dense<{array.tolist()}> : {value.type}")
        return value

    def result(self, array, open_dims):
        """A new value, whose op the caller emits, or nothing if its numbers are too many or large."""
        if not 0 < array.size <= MOST_ELEMENTS or numpy.abs(array).max() > LARGEST:
            return None
        return Value(self.fresh(), numpy.ascontiguousarray(array, dtype=numpy.float32), open_dims)

    def index(self, number):
        name = self.fresh("c")
        self.emit(f"{name} = arith.constant {number} : index")
        return name

    def size_of(self, value, dim):
        name = self.fresh("d")
        self.emit(f"{name} = tensor.dim {value.name}, {self.index(dim)} : {value.type}")
        return name

    def at_run_time(self, number, value):
        """A number as an index that only run time knows, computed from a size of a tensor."""
        name, size = self.fresh("n"), self.size_of(value, 0)
        self.emit(f"{name} = arith.addi {size}, {self.index(number - value.array.shape[0])} : index")
        return name

    def operand(self, number, value, is_open):
        return self.at_run_time(number, value) if is_open else str(number)

    def empty(self, value):
        """A destination of the same shape."""
        name = self.fresh("e")
        sizes = ", ".join(self.size_like(value, dim) for dim in sorted(value.open))
        self.emit(f"{name} = tensor.empty({sizes}) : {value.type}")
        return name

    def size_like(self, value, dim):
        return self.at_run_time(value.array.shape[dim], self.draw.choice(self.values))

    def finish(self, errors):
        last = self.values[-1]
        body = "\n  ".join(self.lines)
        module = (f"func.func @main({', '.join(self.arguments)}) -> {last.type} {{\n  {body}\n"
                  f"  return {last.name} : {last.type}\n}}\n")
        return modules.Case(self.name, module, self.inputs, errors or last.array)
