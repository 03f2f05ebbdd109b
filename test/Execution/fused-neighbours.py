# REQUIRES: numpy
# RUN: env PYTHONPATH=%S/Inputs:%S %python -B %s --tool tconv-run --dir %t --part=0/6
# RUN: env PYTHONPATH=%S/Inputs:%S %python -B %s --tool tconv-run --dir %t.threads --part=1/12 --threads=3
# RUN: env PYTHONPATH=%S/Inputs:%S %python -B %s --tool tconv-run --dir %t.phases --part=2/24 \
# RUN:   --algorithm=phases
# RUN: env PYTHONPATH=%S/Inputs:%S %python -B %s --tool tconv-run --dir %t.gpu --part=1/10 \
# RUN:   --flag=--target=emulated

"""Runs the layers and schedules of kernels.py, winograd.py and gpu-kernels.py with ops behind
them that read other tensors: of the result's shape, with a number for each channel, with one
number; and that change the type of the result. Compares with numpy, bit for bit: every op is
rounded to its type."""

import importlib
import random
import sys

import kernels
import numpy
import oracle
import sweep
import winograd
from epilogues import decode, round_to

FLOATS = ("f64", "f32", "f16", "bf16")
# What a result may become, which is no wider than the sums.
CHANGES = {"i32": ["i8", "f32", "f16", "u8"], "f32": ["f16", "i8", "i32"], "f64": ["f32", "i8"],
           "f16": ["f32", "i8"], "bf16": ["f32", "u8"]}


class Chain:
    """Ops behind a layer as text, and the values that they give."""

    def __init__(self, draw, y, dtype, layer, tensor):
        self.draw, self.array, self.dtype, self.layer = draw, y, dtype, layer
        self.tensor = tensor  # the type of the value in another element type
        self.value, self.lines, self.arguments = "%y", [], []

    def type(self):
        return self.tensor(self.dtype)

    def op(self, name, *operands):
        kind = "f" if self.dtype in FLOATS else "i"
        return f"arith.{name}{kind} {', '.join(operands)}"

    def advance(self, lines, array, dtype=None):
        """Ops that define %v and a number from %p, the value so far."""
        self.dtype = dtype or self.dtype
        result = f"%v{len(self.lines)}"
        self.lines.append(lines.replace("%result", result).replace("%p", self.value))
        self.value, self.array = result, round_to(array, self.dtype)

    def argument(self, shape, values, tensor=None):
        values = numpy.array([self.draw.choice(values) for _ in range(int(numpy.prod(shape)))])
        values = values.reshape(shape).astype(float)
        name = f"%a{len(self.arguments)}"
        kind = tensor or f"tensor<{''.join(f'{size}x' for size in shape)}{self.dtype}>"
        self.arguments.append((name, kind, values, self.dtype))
        return name, kind, values

    def residual(self):
        name, kind, other = self.argument(self.array.shape, range(-4, 5), self.type())
        op, function = self.draw.choice([("add", numpy.add), ("sub", numpy.subtract),
                                         ("mul", numpy.multiply)])
        operands = [("%p", self.array), (name, other)]
        if self.draw.random() < 0.3:
            operands.reverse()
        with numpy.errstate(invalid="ignore"):
            result = function(operands[0][1], operands[1][1])
        self.advance(f"%result = {self.op(op, operands[0][0], operands[1][0])} : {self.type()}",
                     result)

    def along(self, shape, exprs, values, body, function):
        """A linalg.generic that reads numbers by a map."""
        rank = self.array.ndim
        name, kind, numbers = self.argument(shape, values)
        loops = ", ".join(f"d{dim}" for dim in range(rank))
        identity = f"affine_map<({loops}) -> ({loops})>"
        spread = [1] * rank
        if "d" in "".join(exprs):
            spread[self.channel()] = -1
        iterators = ", ".join(['"parallel"'] * rank)
        with numpy.errstate(invalid="ignore"):
            result = function(self.array, numbers.reshape(spread))
        self.advance(f"""%result = linalg.generic {{
      indexing_maps = [{identity}, affine_map<({loops}) -> ({', '.join(exprs)})>, {identity}],
      iterator_types = [{iterators}]}}
      ins(%p, {name} : {self.type()}, {kind}) outs(%p : {self.type()}) {{
    ^bb0(%e: {self.dtype}, %n: {self.dtype}, %o: {self.dtype}):
      {body}
      linalg.yield %r : {self.dtype}
    }} -> {self.type()}""", result)

    def channel(self):
        return self.array.ndim - 1 if self.layer["channels_last"] else 1

    def scale(self):
        self.along([self.array.shape[self.channel()]], [f"d{self.channel()}"], [-1, 1, 2],
                   f"%r = {self.op('mul', '%e', '%n')} : {self.dtype}", numpy.multiply)

    def prelu(self):
        """Slopes in a tensor with units around the channels."""
        shape, exprs = [1] * self.array.ndim, ["0"] * self.array.ndim
        shape[self.channel()] = self.array.shape[self.channel()]
        exprs[self.channel()] = f"d{self.channel()}"
        zero, less = ("0.0", "olt") if self.dtype in FLOATS else ("0", "slt")
        self.along(shape, exprs, [0, 2, 3], f"""%z = arith.constant {zero} : {self.dtype}
      %s = {self.op('mul', '%e', '%n')} : {self.dtype}
      %c = {self.op('cmp', less + ', %e', '%z')} : {self.dtype}
      %r = arith.select %c, %s, %e : {self.dtype}""",
                   lambda x, slope: numpy.where(x < 0, round_to(x * slope, self.dtype), x))

    def shift(self):
        shape = [1] * self.draw.choice([0, 1, self.array.ndim])
        self.along(shape, ["0"] * len(shape), [-3, 5],
                   f"%r = {self.op('add', '%e', '%n')} : {self.dtype}", numpy.add)

    def change_type(self, to):
        """To another type, at the end; numbers that it does not have are clamped."""
        before, kind = self.type(), "i8" if to == "u8" else to
        array, lines = self.array, []
        if to in ("i8", "u8", "i32"):
            low, high = {"i8": (-128, 127), "u8": (0, 255), "i32": (-(1 << 20), 1 << 20)}[to]
            array = numpy.clip(array, low, high)
            number = "{}.0" if self.dtype in FLOATS else "{}"
            for name, bound, least in (("max", low, True), ("min", high, False)):
                # bf16 has not all of these numbers.
                bound = int(round_to(numpy.array([bound]), self.dtype)[0])
                op = f"{name}imumf" if self.dtype in FLOATS else f"{name}si"
                array = numpy.maximum(array, bound) if least else numpy.minimum(array, bound)
                lines.append(f"%{name} = arith.constant dense<{number.format(bound)}> : {before}")
                source = "%p" if least else "%low"
                lines.append(f"%{'low' if least else 'both'} = arith.{op} {source}, %{name} : {before}")
        source = "%both" if lines else "%p"
        whole = "ui" if to == "u8" else "si"
        if self.dtype in FLOATS:
            op = "extf" if to == "f32" and self.dtype != "f64" else "truncf"
            op = op if to in FLOATS else "fpto" + whole
        else:
            op = "sitofp" if to in FLOATS else "trunci"
        lines.append(f"%result = arith.{op} {source} : {before} to {self.tensor(kind)}")
        array = numpy.trunc(array) if to not in FLOATS else array
        if to == "u8":
            array = numpy.where(array > 127, array - 256, array)
        self.advance("\n".join(lines), array, kind)


class Case(sweep.Case):
    def __init__(self, folder, number, name, layer, dtype, dynamic, constant=""):
        super().__init__(folder, number, name, layer, dtype, dynamic, constant)
        draw, result = random.Random(f"{name} {number}"), oracle.result_type(dtype)
        tensor = lambda kind: sweep.tensor_type("y", self.expected.shape, kind, dynamic,
                                                sweep.channel_dimension(layer))
        chain = Chain(draw, decode(self.expected, result), result, layer, tensor)
        steps = [chain.residual, chain.scale, chain.prelu, chain.shift]
        for step in draw.choices(steps, [3, 2, 2, 1], k=draw.randint(1, 4)):
            step()
        # Bounds are constants of known sizes, and what is not finite is no integer.
        changes = [to for to in CHANGES[result] if to in FLOATS or
                   not (layer.get("nonfinite") or "?" in chain.type())]
        if changes and draw.random() < 0.5:
            chain.change_type(draw.choice(changes))
        self.expected = oracle.encode(chain.array, chain.dtype)
        self.write(chain, tensor(result))

    def write(self, chain, before):
        """The module with the chain behind the layer, and the inputs that it reads."""
        with open(self.module) as file:
            text = file.read()
        for name, kind, values, dtype in chain.arguments:
            self.inputs.append(self.module.replace(".mlir", f".{name[1:]}.npy"))
            numpy.save(self.inputs[-1], oracle.encode(values, dtype))
        arguments = "".join(f", {name}: {kind}" for name, kind, *_ in chain.arguments)
        head, rest = text.split(") -> ", 1)
        body = rest.split("{\n", 1)[1].rsplit("  return", 1)[0]
        with open(self.module, "w") as file:
            file.write(f"{head}{arguments}) -> {chain.type()} {{\n{body}")
            file.write("\n".join(chain.lines))
            file.write(f"\n  return {chain.value} : {chain.type()}\n}}\n")


def cases(options):
    if any("emulated" in flag for flag in options.flag):
        return importlib.import_module("gpu-kernels").cases()
    return [*kernels.cases(), *winograd.cases()]


if __name__ == "__main__":
    parsed = sweep.parse_options(__doc__)
    sys.exit(sweep.run(parsed, cases(parsed), Case))
