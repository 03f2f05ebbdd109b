#!/usr/bin/env python3
"""Times transposed convolutions with what stands behind them, fused into the layer's stores and not.

The chains are those of KernelBench (level 2, https://github.com/ScalingIntelligence/KernelBench)
that begin with a transposed convolution and an op that goes element by element, up to the first op
that does not, with their sizes but for the batch, which is one image. Parameters and residuals are
arguments. Where a chain is not fused, the layer's result is returned as well, so that it has to be in
memory; the chain behind it is one loop.

    bench/chains.py --tool build/bin/tconv-run --threads 1 --runs 7
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile

# Steps of the bodies, in the words of MLIR: {x} is the value so far, {y} the layer's, {p} a parameter.
GELU = ("%h = arith.mulf {x}, %half : f32\n%u = arith.mulf {x}, %root : f32\n%e = math.erf %u : f32\n"
        "%o = arith.addf %e, %one : f32\n%r = arith.mulf %h, %o : f32")
SWISH = ("%n = arith.negf {x} : f32\n%e = math.exp %n : f32\n%d = arith.addf %e, %one : f32\n"
         "%r = arith.divf {x}, %d : f32")
MISH = ("%e = math.exp {x} : f32\n%l = math.log1p %e : f32\n%t = math.tanh %l : f32\n"
        "%r = arith.mulf {x}, %t : f32")
HARDSWISH = ("%s = arith.addf {x}, %three : f32\n%l = arith.maximumf %s, %zero : f32\n"
             "%m = arith.minimumf %l, %six : f32\n%q = arith.mulf {x}, %m : f32\n"
             "%r = arith.mulf %q, %sixth : f32")
LEAKY = ("%s = arith.mulf {x}, %fifth : f32\n%c = arith.cmpf oge, {x}, %zero : f32\n"
         "%r = arith.select %c, {x}, %s : f32")
NUMBERS = {"half": 0.5, "root": 0.70710678, "one": 1.0, "three": 3.0, "zero": 0.0, "six": 6.0,
           "sixth": 1 / 6, "fifth": 0.2, "two": 2.0, "minus": -1.0}


def op(name, other):
    return f"%r = arith.{name} {{x}}, {other} : f32"


CLAMP = [op("maximumf", "%zero"), op("minimumf", "%one")]
ADD, SUB, MUL = op("addf", "{p}"), op("subf", "{p}"), op("mulf", "{p}")
# number: (what stands behind the layer, ci, co, input, kernel, stride, padding, output padding,
# parameters: c for channels, r for the result's shape, n for one number; steps)
CHAINS = {
    2: ("bias, clamp, scale, clamp, divide", 64, 64, [128, 128], 3, 2, 1, 1, "c",
        [ADD, *CLAMP, op("mulf", "%two"), *CLAMP, op("divf", "%two")]),
    3: ("add a number", 32, 64, [16, 32, 32], 3, 2, 1, 1, "n", [ADD]),
    5: ("subtract by channel, tanh", 64, 64, [256, 256], 4, 1, 0, 0, "c",
        [SUB, "%r = math.tanh {x} : f32"]),
    11: ("batch normalization, tanh", 64, 128, [32, 32], 5, 1, 1, 0, "cc",
         [MUL, ADD, "%r = math.tanh {x} : f32"]),
    15: ("batch normalization", 16, 32, [16, 32, 32], 3, 2, 1, 0, "cc", [MUL, ADD]),
    16: ("mish, add, hardtanh, scale", 64, 64, [128, 128], 3, 2, 1, 1, "",
         [MISH, op("addf", "%half"), op("maximumf", "%minus"), op("minimumf", "%one"),
          op("mulf", "%two")]),
    19: ("gelu", 64, 64, [256, 256], 3, 1, 0, 0, "", [GELU]),
    20: ("bias, residual add, multiply, residual add", 32, 64, [16, 32, 32], 3, 2, 1, 1, "c",
         [ADD, op("addf", "{y}"), op("mulf", "{y}"), op("addf", "{y}")]),
    26: ("residual, hardswish", 32, 64, [16, 16, 16], 3, 2, 1, 1, "r",
         [ADD, HARDSWISH.replace("%r =", "%w =") + "\n%r = arith.mulf {x}, %w : f32"]),
    44: ("scale", 64, 128, [128, 128], 3, 2, 1, 1, "", [op("mulf", "%half")]),
    50: ("scale by a parameter", 3, 16, [16, 32, 32], 3, 2, 1, 0, "n", [MUL]),
    60: ("swish", 3, 16, [16, 32, 32], 3, 2, 1, 0, "", [SWISH]),
    61: ("relu", 64, 128, [32, 32, 32], 3, 1, 0, 0, "", [op("maximumf", "%zero")]),
    72: ("batch normalization", 3, 16, [32, 32, 32], 3, 2, 1, 0, "cc", [MUL, ADD]),
    74: ("leaky relu, multiply by channel, leaky relu", 16, 32, [16, 32, 32], 3, 2, 1, 1, "c",
         [LEAKY, MUL, LEAKY]),
    77: ("scale, batch normalization", 64, 128, [16, 32, 32], 5, 1, 0, 0, "cc",
         [op("mulf", "%two"), MUL, ADD]),
    93: ("add, min, gelu, multiply", 64, 128, [64, 64], 4, 2, 0, 0, "",
         [op("addf", "%half"), op("minimumf", "%zero"), GELU, op("mulf", "%two")]),
    96: ("scale", 3, 16, [16, 32, 32], 3, 2, 1, 0, "", [op("mulf", "%half")]),
    100: ("clamp, divide", 64, 128, [24, 48, 48], 3, 2, 1, 0, "",
          [op("maximumf", "%minus"), op("divf", "%two")]),
}


def body(steps, parameters):
    """The steps one after the other, with names of their own."""
    lines, value = [], "%y0"
    names = iter(parameters)
    for number, step in enumerate(steps):
        text = step.format(x=value, y="%y0", p=next(names) if "{p}" in step else "")
        defined = set(re.findall(r"(%\w+) =", text))
        for name in defined:
            text = re.sub(re.escape(name) + r"\b", f"{name}_{number}", text)
        lines.append(text)
        value = f"%r_{number}"
    used = {name for name in NUMBERS if re.search(rf"%{name}\b", "\n".join(lines))}
    constants = [f"%{name} = arith.constant {NUMBERS[name]!r} : f32" for name in sorted(used)]
    return constants, lines, value


def module(chain, fused, largest):
    """A function of x, w and the parameters. Spatial sizes are at most `largest`."""
    _, ci, co, sizes, k, s, p, op_, kinds, steps = chain
    sizes = [min(size, largest) for size in sizes]
    dims = len(sizes)
    outputs = [(size - 1) * s - 2 * p + k + op_ for size in sizes]
    shape = lambda *numbers: f"tensor<{'x'.join(map(str, numbers))}xf32>"
    x, w, y = shape(1, ci, *sizes), shape(ci, co, *[k] * dims), shape(1, co, *outputs)
    loops = ", ".join(f"d{dim}" for dim in range(dims + 2))
    maps = {"c": f"affine_map<({loops}) -> (d1)>", "r": f"affine_map<({loops}) -> ({loops})>",
            "n": f"affine_map<({loops}) -> ()>"}
    types = {"c": shape(co), "r": y, "n": "tensor<f32>"}
    arguments = [f"%p{number}: {types[kind]}" for number, kind in enumerate(kinds)]
    operands = ", ".join(["%y", *(f"%p{number}" for number in range(len(kinds)))])
    inputs = ", ".join([y, *(types[kind] for kind in kinds)])
    constants, lines, value = body(steps, [f"%n{number}" for number in range(len(kinds))])
    numbers = ", ".join(["%y0: f32", *(f"%n{i}: f32" for i in range(len(kinds))), "%old: f32"])
    results = y if fused else f"({y}, {y})"
    text = "\n".join(constants)
    steps_text = "\n".join(lines)
    return f"""func.func @main({', '.join([f'%x: {x}', f'%w: {w} {{tconv.constant}}', *arguments])}) -> {results} {{
{text}
%y = tconv.conv_transpose %x, %w stride {[s] * dims} padding {[p] * dims} output_padding {[op_] * dims}
    : ({x}, {w}) -> {y}
%init = tensor.empty() : {y}
%z = linalg.generic {{indexing_maps = [{', '.join([maps['r'], *(maps[kind] for kind in kinds), maps['r']])}],
    iterator_types = [{', '.join(['"parallel"'] * (dims + 2))}]}}
    ins({operands} : {inputs}) outs(%init : {y}) {{
^bb0({numbers}):
{steps_text}
linalg.yield {value} : f32
}} -> {y}
return {'%z' if fused else '%y, %z'} : {y if fused else f'{y}, {y}'}
}}
"""


def run(options, path, outputs):
    """The best time in milliseconds."""
    command = [options.tool, path, f"--threads={options.threads}", f"--time={options.runs}",
               *[f"--output={path}.{number}.npy" for number in range(outputs)]]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: {done.stderr.strip()}")
    return float(re.search(r"run: ([0-9.]+) ms", done.stdout + done.stderr).group(1))


def measure(options, folder, number):
    """Both ways in turn, twice: the best of each."""
    best = [float("inf")] * 2
    for _ in range(2):
        for index, fused in enumerate((True, False)):
            path = os.path.join(folder, f"{number}-{'fused' if fused else 'apart'}.mlir")
            with open(path, "w") as file:
                file.write(module(CHAINS[number], fused, options.largest))
            best[index] = min(best[index], run(options, path, 1 if fused else 2))
    return best


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--tool", default="tconv-run")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--runs", type=int, default=7, help="times that each is run")
    parser.add_argument("--largest", type=int, default=1 << 20, help="bound of the spatial sizes")
    parser.add_argument("--only", type=int, nargs="*", help="numbers of chains")
    options = parser.parse_args()
    print("| Chain | Behind the layer | fused, ms | not fused, ms | not fused over fused |")
    print("|---|---|---:|---:|---:|")
    slower = 0
    with tempfile.TemporaryDirectory() as folder:
        for number in options.only or CHAINS:
            fused, apart = measure(options, folder, number)
            slower += fused >= apart
            print(f"| {number} | {CHAINS[number][0]} | {fused:.3g} | {apart:.3g} | "
                  f"{apart / fused:.2f} |", flush=True)
    print(f"{slower} of {len(options.only or CHAINS)} chains are not faster fused", file=sys.stderr)


if __name__ == "__main__":
    main()
