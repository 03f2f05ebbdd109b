# REQUIRES: numpy
# RUN: env PYTHONPATH=%S/Inputs %python -B %s tconv-run %t.cpu
# RUN: env PYTHONPATH=%S/Inputs %python -B %s tconv-run %t.gpu --gpu=1 -- --target=emulated

"""Ops of upstream's dialects that may stand beside a layer, each in a module of its own: the right
numbers, or an error that names the op.

Those of Inputs/ops are written out. In front of each stands its name, `a = ...` for an input that is
not the usual one, and `= ...`, what numpy gives for the inputs; or `error: ...` or `GPU: ...`, a
part of the message, everywhere or on GPUs."""

import glob
import math
import os
import re
import sys

import elementwise_ops
import modules
import numpy

TYPES = {name: dtype for dtype, name in modules.TYPES.items()}


def put(array, at, value):
    """An array with some elements replaced."""
    array = array.copy()
    array[at] = value
    return array


def softmax(x):
    exponentials = numpy.exp(x - x.max(1, keepdims=True))
    return exponentials / exponentials.sum(1, keepdims=True)


NAMES = dict(vars(numpy), numpy=numpy, math=math, put=put, softmax=softmax, abs=abs, round=numpy.round,
             windows=numpy.lib.stride_tricks.sliding_window_view, sum_of=lambda c: c.real + c.imag)


def usual(name, shape, dtype):
    """1, 2, 3, ...; the second operand of numbers with a fraction has some below zero."""
    array = numpy.arange(1, math.prod(shape) + 1).reshape(shape)
    if name == "b" and dtype.startswith("float"):
        array = (array - 5.5) * 0.5
    return array.astype(dtype)


def make_case(name, module, inputs, text, error):
    arrays = []
    for argument, sizes, kind in re.findall(r"%(\w): tensor<([\dx?]*?)x?([a-z]+\d+)>",
                                            re.search(r"@main\((.*?)\) ->", module)[1]):
        shape = [int(n) for n in sizes.split("x") if n] if "?" not in sizes else [3, 4]
        array = eval(inputs[argument], NAMES) if argument in inputs else usual(argument, shape, TYPES[kind])
        arrays.append(numpy.asarray(array).astype(TYPES[kind]))
    if error:
        return modules.Case(name, module, arrays, [error])
    result = re.search(r"@main\(.*?\) -> tensor<[\dx?]*?x?([a-z]+\d+)>", module)[1]
    expected = eval(text, NAMES, dict(zip("abcdef", arrays)))
    # The C library, polynomials and numpy round differently.
    return modules.Case(name, module, arrays, numpy.asarray(expected).astype(TYPES[result]), 2e-3)


def written_cases(gpu):
    for path in sorted(glob.glob(os.path.join(os.path.dirname(__file__), "Inputs/ops/*.mlir"))):
        with open(path) as file:
            texts = file.read().split("// -----\n")
        for text in texts:
            lines = re.findall(r"^// (.*)$", text, re.MULTILINE)
            notes = dict(re.findall(r"^// (\w*) ?[=:] (.*)$", text, re.MULTILINE))
            error = notes.get("error") or (notes.get("GPU") if gpu else None)
            yield make_case(lines[0], text, notes, notes.get("", ""), error)


def elementwise_cases(gpu):
    for group, (kind, operands, text, ops) in elementwise_ops.GROUPS.items():
        t = f"tensor<3x4x{kind}>"
        names = ["%a", "%b"][:operands]
        arguments = ", ".join(f"{name}: {t}" for name in names)
        for op, expression in ops.items():
            used = names if group != "complex" else ["%c", "%c"] if op in elementwise_ops.TWICE else ["%c"]
            body = text.format(op=op, t=t, operands=", ".join(used), types=", ".join([t] * operands))
            result = "tensor<1xi64>" if group == "index" else t
            module = f"func.func @main({arguments}) -> {result} {{\n  {body}\n  return %r : {result}\n}}\n"
            inputs = {"a": elementwise_ops.INPUTS[group]} if group in elementwise_ops.INPUTS else {}
            values = f"(lambda x, y: {expression})(a, {'b' if operands > 1 else 'None'})"
            if group == "complex":
                values = f"sum_of((lambda c: {expression})(a + 1j * b))"
            elif group == "index":
                values = f"array([{expression}])"
            error = elementwise_ops.ON_GPUS.get(op) if gpu else None
            yield make_case(op, module, inputs, values, error)


if __name__ == "__main__":
    options = modules.parse_options(__doc__, gpu=0)
    all_cases = [*written_cases(options.gpu), *elementwise_cases(options.gpu)]
    sys.exit(modules.run(options.tool, options.folder, options.flags, all_cases))
