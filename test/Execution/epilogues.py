# REQUIRES: numpy
# RUN: env PYTHONPATH=%S/Inputs:%S %python -B %s --tool tconv-run --dir %t --algorithm auto
# RUN: env PYTHONPATH=%S/Inputs:%S %python -B %s --tool tconv-run --dir %t --algorithm phases \
# RUN:   --part=0/2
# RUN: env PYTHONPATH=%S/Inputs:%S %python -B %s --tool tconv-run --dir %t \
# RUN:   --flag=--target=emulated

"""Runs layers with elementwise ops behind them, which the fast tier fuses into its
kernels, and compares with numpy: every usual activation, type and layout, elements
without taps, infinities and nans. Filters are multiples of 1/16, so that sums are exact;
activations of arithmetic alone must then be, too, bit for bit."""

import json
import math
import os
import shlex
import subprocess
import sys

import numpy
import oracle
import sweep

erf = numpy.vectorize(math.erf, otypes=[float])
sigmoid = lambda x: 1 / (1 + numpy.exp(-x))

# Name: ops from %y to %r, where T is the tensor's type and [number] a uniform constant,
# and the same for numpy.
EXACT = {
    "relu": ("%r = arith.maximumf %y, [0.0] : T", lambda x: numpy.maximum(x, 0)),
    "relu_maxnum": ("%r = arith.maxnumf %y, [0.0] : T", lambda x: numpy.fmax(x, 0)),
    "relu_select": (
        "%p = arith.cmpf ogt, %y, [0.0] : T\n%r = arith.select %p, %y, [0.0] : P, T",
        lambda x: numpy.where(x > 0, x, 0),
    ),
    "relu6": (
        "%a = arith.maximumf %y, [0.0] : T\n%r = arith.minimumf %a, [6.0] : T",
        lambda x: numpy.minimum(numpy.maximum(x, 0), 6),
    ),
    "clamp": ("%r = math.clampf %y to [[-1.5], [0.75]] : T", lambda x: numpy.clip(x, -1.5, 0.75)),
    "leaky_relu": (
        "%p = arith.cmpf oge, %y, [0.0] : T\n%s = arith.mulf %y, [0.125] : T\n"
        "%r = arith.select %p, %y, %s : P, T",
        lambda x: numpy.where(x >= 0, x, x * 0.125),
    ),
    "scale_shift": (
        "%a = arith.mulf %y, [0.5] : T\n%r = arith.addf %a, [3.0] : T",
        lambda x: ("round", x * 0.5, lambda x: x + 3),
    ),
    "abs": ("%r = math.absf %y : T", numpy.abs),
}
FUNCTIONS = {
    "tanh": ("%r = math.tanh %y : T", numpy.tanh),
    "exp": ("%r = math.exp %y : T", numpy.exp),
    "log": ("%r = math.log %y : T", numpy.log),
    "erf": ("%r = math.erf %y : T", erf),
    "log1p_abs": ("%a = math.absf %y : T\n%r = math.log1p %a : T", lambda x: numpy.log1p(abs(x))),
    "sqrt_abs": ("%a = math.absf %y : T\n%r = math.sqrt %a : T", lambda x: numpy.sqrt(abs(x))),
    "log_abs": (
        "%a = math.absf %y : T\n%u = arith.addf %a, [0.5] : T\n%r = math.log %u : T",
        lambda x: numpy.log(abs(x) + 0.5),
    ),
    "sin": ("%r = math.sin %y : T", numpy.sin),
    "sigmoid": (
        "%n = arith.negf %y : T\n%e = math.exp %n : T\n%d = arith.addf %e, [1.0] : T\n"
        "%r = arith.divf [1.0], %d : T",
        sigmoid,
    ),
    "silu": (
        "%n = arith.negf %y : T\n%e = math.exp %n : T\n%d = arith.addf %e, [1.0] : T\n"
        "%s = arith.divf [1.0], %d : T\n%r = arith.mulf %y, %s : T",
        lambda x: x * sigmoid(x),
    ),
    "gelu_erf": (
        "%a = arith.mulf %y, [0.70710678118654757] : T\n%e = math.erf %a : T\n"
        "%u = arith.addf %e, [1.0] : T\n%c = arith.mulf %y, [0.5] : T\n%r = arith.mulf %c, %u : T",
        lambda x: 0.5 * x * (1 + erf(x / math.sqrt(2))),
    ),
    "gelu_tanh": (
        "%q = arith.mulf %y, %y : T\n%k = arith.mulf %q, %y : T\n"
        "%l = arith.mulf %k, [0.044715] : T\n%m = arith.addf %y, %l : T\n"
        "%n = arith.mulf %m, [0.79788456080286541] : T\n%e = math.tanh %n : T\n"
        "%u = arith.addf %e, [1.0] : T\n%c = arith.mulf %y, [0.5] : T\n%r = arith.mulf %c, %u : T",
        lambda x: 0.5 * x * (1 + numpy.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))),
    ),
}
INTEGERS = {
    "relu_integer": ("%r = arith.maxsi %y, [0] : T", lambda x: numpy.maximum(x, 0)),
    "half_integer": ("%r = arith.divsi %y, [2] : T", lambda x: numpy.trunc(x / 2)),
}
LAYERS = {
    "vectors": dict(input=[5, 6], kernel=[4, 4], stride=2, begin=1, end=1, cin=3, cout=17, bias=True),
    "without_taps": dict(input=3, kernel=2, stride=[5], cin=4, cout=9, bias=True),
    "depthwise": dict(input=[4, 5], kernel=[3, 3], stride=2, groups=9, cin=9, cout=9),
}
# Of one function, in the type's own arithmetic; bf16 and f16 round at each op.
TOLERANCE = {"f32": 2e-6, "f64": 1e-14, "f16": 4e-3, "bf16": 3e-2}
SPECIAL = [math.nan, math.inf, -math.inf, 0.0, -0.0, 1e-40, -1e-40, 1e-20, 3e38, -3e38, 88.7, -87.3,
           88.8, -103.9, -104.5, 9.1, -9.1]


def add_ops(module, ops, tensor):
    """The module with ops between the layer and the return."""
    element = tensor[7:-1].split("x")[-1]
    ops = ops.replace("T", tensor).replace("P", tensor.replace(element, "i1"))
    constants, parts = [], ops.split("[")
    if "clampf" in ops:
        low, high = ops.split("[[")[1].split("], [")
        numbers = [low, high.split("]]")[0]]
        ops = ops.split("[[")[0] + "[%c0, %c1]" + ops.split("]]")[1]
    else:
        numbers = [part.split("]")[0] for part in parts[1:]]
        ops = parts[0] + "".join(
            f"%c{i}" + part.split("]")[1] for i, part in enumerate(parts[1:])
        )
    for i, number in enumerate(numbers):
        constants.append(f"%c{i} = arith.constant dense<{number}> : {tensor}\n")
    return module.replace("return %y", "".join(constants) + ops + "\nreturn %r")


def round_to(values, dtype):
    """Values that the type has, in f64."""
    if dtype == "bf16":
        bits = oracle.encode(values, dtype).astype(numpy.uint32) << 16
        return bits.view(numpy.float32).astype(numpy.float64)
    with numpy.errstate(over="ignore"):
        return oracle.encode(values, dtype).astype(numpy.float64)


def apply(function, y, dtype):
    """What ops on tensors of the type give."""
    result = function(round_to(y, dtype))
    if isinstance(result, tuple):  # rounded between two ops
        _, between, last = result
        result = last(round_to(between, dtype))
    return round_to(result, dtype)


def decode(y, dtype):
    if dtype == "bf16":
        return (y.astype(numpy.uint32) << 16).view(numpy.float32).astype(numpy.float64)
    return y.astype(numpy.float64)


class Case:
    def __init__(self, folder, name, layer, dtype, ops, function, tolerance, x=None, w=None):
        self.name, self.dtype, self.tolerance = name, dtype, tolerance
        path = lambda suffix: os.path.join(folder, name + suffix)
        self.module, self.output, self.status = path(".mlir"), path(".y.npy"), path(".status")
        random, shape = numpy.random.default_rng(len(name)), sweep.shapes(layer)
        values = {key: oracle.whole_numbers(random, shape[key], dtype)
                  for key in ("xwb" if layer["bias"] else "xw")}
        if dtype != "i8":
            values["w"] /= 16
        values.update({key: value for key, value in (("x", x), ("w", w)) if value is not None})
        result = oracle.result_type(dtype)
        with numpy.errstate(all="ignore"):
            y = oracle.scatter(values["x"], values["w"], values.get("b"), layer)
            self.expected = apply(function, y, result)
        self.inputs = [path(f".{key}.npy") for key in values]
        for (key, value), file in zip(values.items(), self.inputs):
            numpy.save(file, oracle.encode(value, result if key == "b" else dtype))
        static = sweep.DYNAMIC["static"]
        tensor = sweep.tensor_type("y", shape["y"], result, static,
                                   sweep.channel_dimension(layer))
        with open(self.module, "w") as file:
            file.write(add_ops(sweep.module(layer, dtype, static), ops, tensor))

    def manifest(self):
        return dict(id=self.name, mlir=self.module, inputs=self.inputs, output=self.output,
                    status=self.status)

    def failure(self):
        if os.path.exists(self.status):
            with open(self.status) as file:
                return file.read().strip()
        if not os.path.exists(self.output):
            return "no result"
        y = decode(numpy.load(self.output), self.dtype)
        with numpy.errstate(all="ignore"):
            bound = self.tolerance * numpy.maximum(1, abs(self.expected))
            same = (y == self.expected) | (numpy.isnan(y) & numpy.isnan(self.expected))
            wrong = numpy.argwhere(~(same | (abs(y - self.expected) <= bound)))
        if not len(wrong):
            return None
        at = tuple(map(int, wrong[0]))
        return f"{len(wrong)} elements differ, the first at {at}: expected {self.expected[at]}, got {y[at]}"

    def repro(self, options):
        inputs = [word for path in self.inputs for word in ("--input", path)]
        return shlex.join([options.tool, self.module, *inputs, *sweep.tool_flags(options)])


def cases():
    """Each activation, in turn on each layer, in both layouts and some types."""
    layers = list(LAYERS)
    def place(number):
        kind = layers[number % len(layers)]
        return kind, sweep.complete(LAYERS[kind], number // len(layers) % 2 == 0)

    for number, (name, (ops, function)) in enumerate({**EXACT, **FUNCTIONS}.items()):
        tolerance = lambda dtype: 0 if name in EXACT else TOLERANCE[dtype]
        for index, dtype in enumerate(("f32", "bf16", ("f64", "f16")[number % 2])):
            kind, layer = place(number + index)
            yield f"{name}-{kind}-{dtype}", layer, dtype, ops, function, tolerance(dtype)
        # Special values and a fine grid, as they are, in every lane.
        x = numpy.concatenate([SPECIAL, numpy.linspace(-20, 20, 4001), numpy.linspace(-100, 100, 2001)])
        x = x.astype(numpy.float32).astype(numpy.float64).reshape(1, -1, 1)
        layer = sweep.complete(dict(input=[x.size], kernel=1, cin=1, cout=8), True)
        w = numpy.ones((1, 8, 1))
        yield f"{name}-values", layer, "f32", ops, function, tolerance("f32"), x, w
    for number, (name, (ops, function)) in enumerate(INTEGERS.items()):
        for index in range(len(layers)):
            kind, layer = place(index + number * len(layers))
            yield f"{name}-{kind}", layer, "i8", ops, function, 0


def main():
    options = sweep.parse_options(__doc__)
    os.makedirs(options.dir, exist_ok=True)

    all_cases = [Case(options.dir, *case) for case in sweep.select_part(options, cases())]
    for case in all_cases:
        for path in (case.output, case.status):
            if os.path.exists(path):
                os.remove(path)
    manifest = os.path.join(options.dir, "manifest.json")
    with open(manifest, "w") as file:
        json.dump({"cases": [case.manifest() for case in all_cases]}, file)
    command = [options.tool, "--batch", manifest, *sweep.tool_flags(options)]
    status = subprocess.run(command).returncode
    failed = [(case, reason) for case in all_cases if (reason := case.failure())]
    for case, reason in failed:
        print(f"{case.name}: {reason}\n  repeat: {case.repro(options)}")
    print(f"{len(all_cases) - len(failed)} of {len(all_cases)} cases passed")
    return 1 if failed or status else 0


if __name__ == "__main__":
    sys.exit(main())
