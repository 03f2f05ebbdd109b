# RUN: %python %s tconv-run %t
# RUN: %python %s tconv-run %t --algorithm=phases
# RUN: %python %s tconv-run %t --algorithm=zero-insertion
# RUN: %python %s tconv-run %t --target=emulated

"""--check takes layers with other ops around them: activations of every kind, a second layer behind,
residual sums, slices, quantisation, in every type. What it refuses is held by unittests/Execution."""

import json
import os
import re
import subprocess
import sys

tool, folder, *flags = sys.argv[1:]
os.makedirs(folder, exist_ok=True)

# From %y to %r; T is its type, P that of truth values, {number} a constant of T.
ACTIVATIONS = {
    "relu": "%r = arith.maximumf %y, {0.0} : T",
    "leaky": "%p = arith.cmpf oge, %y, {0.0} : T\n%s = arith.mulf %y, {0.1} : T\n"
    "%r = arith.select %p, %y, %s : P, T",
    "sigmoid": "%n = arith.negf %y : T\n%e = math.exp %n : T\n%d = arith.addf %e, {1.0} : T\n"
    "%r = arith.divf {1.0}, %d : T",
    "gelu": "%a = arith.mulf %y, {0.70710678} : T\n%b = math.erf %a : T\n%c = arith.addf %b, {1.0} : T\n"
    "%d = arith.mulf %y, %c : T\n%r = arith.mulf %d, {0.5} : T",
    "tanh": "%r = math.tanh %y : T",
    "silu": "%n = arith.negf %y : T\n%e = math.exp %n : T\n%d = arith.addf %e, {1.0} : T\n"
    "%r = arith.divf %y, %d : T",
    "norm": "%a = arith.subf %y, {0.3} : T\n%b = arith.mulf %a, %a : T\n%c = arith.addf %b, {0.01} : T\n"
    "%d = math.rsqrt %c : T\n%r = arith.mulf %a, %d : T",
    "clamp": "%r = math.clampf %y to [{-1.5}, {0.75}] : T",
    "softplus": "%e = math.exp %y : T\n%r = math.log1p %e : T",
}


def constants(text, type):
    """Puts the constants that are in braces in front of the text."""
    found = re.findall(r"{([^}]*)}", text)
    lines = [f"%k{n} = arith.constant dense<{value}> : {type}" for n, value in enumerate(found)]
    for number in range(len(found)):
        text = re.sub(r"{[^}]*}", f"%k{number}", text, count=1)
    return "\n".join([*lines, text])


def layer(result, x, w, types, attributes="stride [2, 2] padding [1, 1]"):
    return f"{result} = tconv.conv_transpose {x}, {w} {attributes} : ({types[0]}, {types[1]}) -> {types[2]}"


def tensor(dtype, *shape):
    return "tensor<" + "".join(f"{size}x" for size in shape) + f"{dtype}>"


def function(arguments, body, result, value="%r"):
    listed = ", ".join(f"{name}: {type}" for name, type in arguments)
    return f"func.func @main({listed}) -> {result} {{\n{body}\nreturn {value} : {result}\n}}\n"


def activation(name, dtype):
    x, w, y = tensor(dtype, 1, 5, 4, 4), tensor(dtype, 5, 6, 4, 4), tensor(dtype, 1, 6, 8, 8)
    text = ACTIVATIONS[name].replace("P", tensor("i1", 1, 6, 8, 8)).replace(" T", " " + y)
    body = layer("%y", "%x", "%w", (x, w, y)) + "\n" + constants(text, y)
    return function([("%x", x), ("%w", w)], body, y)


def two_layers(dtype, between):
    """A second layer behind the first, with an activation in between, and a residual sum."""
    x, w = tensor(dtype, 1, 3, 4, 4), tensor(dtype, 3, 6, 4, 4)
    y, v = tensor(dtype, 1, 6, 8, 8), tensor(dtype, 6, 6, 3, 3)
    text = ACTIVATIONS[between].replace("P", tensor("i1", 1, 6, 8, 8)).replace(" T", " " + y)
    body = "\n".join([
        layer("%y", "%x", "%w", (x, w, y)), constants(text, y),
        layer("%z", "%r", "%v", (y, v, y), "stride [1, 1] padding [1, 1]"),
        f"%sum = arith.addf %z, %y : {y}",
    ])  # fmt: skip
    return function([("%x", x), ("%w", w), ("%v", v)], body, y, "%sum")


def quantised():
    """i8 to i8: the sums are scaled, rounded, clamped and narrowed, and go through a second layer."""
    x, w, y = tensor("i8", 1, 4, 4, 4), tensor("i8", 4, 8, 4, 4), tensor("i32", 1, 8, 8, 8)
    q, f, v = tensor("i8", 1, 8, 8, 8), tensor("f32", 1, 8, 8, 8), tensor("i8", 8, 4, 3, 3)
    z = tensor("i32", 1, 4, 8, 8)
    body = "\n".join([
        layer("%y", "%x", "%w", (x, w, y)),
        f"%scale = arith.constant dense<0.013> : {f}",
        f"%low = arith.constant dense<-128.0> : {f}\n%high = arith.constant dense<127.0> : {f}",
        f"%a = arith.sitofp %y : {y} to {f}\n%b = arith.mulf %a, %scale : {f}",
        f"%c = math.roundeven %b : {f}\n%d = arith.maximumf %c, %low : {f}",
        f"%e = arith.minimumf %d, %high : {f}\n%q = arith.fptosi %e : {f} to {q}",
        layer("%r", "%q", "%v", (q, v, z), "stride [1, 1] padding [1, 1]"),
    ])  # fmt: skip
    return function([("%x", x), ("%w", w), ("%v", v)], body, z)


def surroundings():
    """Slices, paddings, concats, reshapes and a generic of linalg around layers."""
    x, w, y = tensor("f32", 1, 4, 4, 4), tensor("f32", 4, 6, 4, 4), tensor("f32", 1, 6, 8, 8)
    half, pad, both = tensor("f32", 1, 6, 8, 4), tensor("f32", 1, 6, 8, 6), tensor("f32", 1, 6, 8, 14)
    flat, bias = tensor("f32", 6, 112), tensor("f32", 6)
    body = "\n".join([
        layer("%y", "%x", "%w", (x, w, y)),
        f"%half = tensor.extract_slice %y[0, 0, 0, 1][1, 6, 8, 4][1, 1, 1, 2] : {y} to {half}",
        "%zero = arith.constant 0.5 : f32",
        f"%pad = tensor.pad %half low[0, 0, 0, 1] high[0, 0, 0, 1] {{\n^bb0(%a: index, %b: index, %c: index, "
        f"%d: index):\ntensor.yield %zero : f32\n}} : {half} to {pad}",
        f"%both = tensor.concat dim(3) %pad, %y : ({pad}, {y}) -> {both}",
        f"%flat = tensor.collapse_shape %both [[0, 1], [2, 3]] : {both} into {flat}",
        f"%e = tensor.empty() : {flat}",
        "%r = linalg.generic {indexing_maps = [affine_map<(c, i) -> (c, i)>, affine_map<(c, i) -> (c)>, "
        "affine_map<(c, i) -> (c, i)>], iterator_types = [\"parallel\", \"parallel\"]} "
        f"ins(%flat, %bias : {flat}, {bias}) outs(%e : {flat}) {{\n^bb0(%s: f32, %t: f32, %u: f32):\n"
        f"%v = arith.addf %s, %t : f32\nlinalg.yield %v : f32\n}} -> {flat}",
    ])  # fmt: skip
    return function([("%x", x), ("%w", w), ("%bias", bias)], body, flat)


def modules():
    # One type is enough to see that the check knows what each way of computing rounds.
    for dtype in ("f32", "bf16") if flags else ("f32", "f64", "f16", "bf16"):
        for name in ACTIVATIONS:
            yield f"{name}-{dtype}", activation(name, dtype)
        for name in ("relu", "tanh"):
            yield f"two-{name}-{dtype}", two_layers(dtype, name)
    yield "quantised", quantised()
    yield "surroundings", surroundings()


cases = []
for name, text in modules():
    path = os.path.join(folder, name)
    with open(path + ".mlir", "w") as file:
        file.write(text)
    if os.path.exists(path + ".status"):
        os.remove(path + ".status")
    cases.append({"mlir": path + ".mlir", "inputs": [], "output": path + ".npy", "status": path + ".status"})
manifest = os.path.join(folder, "manifest.json")
with open(manifest, "w") as file:
    json.dump({"cases": cases}, file)
done = subprocess.run(
    [tool, "--batch", manifest, "--check", "--threads=1", *flags], capture_output=True, text=True
)
failures = [open(case["status"]).read() for case in cases if os.path.exists(case["status"])]
assert done.returncode == 0 and not failures, (done.stderr[-2000:], failures[:5])
assert f"{len(cases)} of {len(cases)} cases ran" in done.stderr, done.stderr[-500:]
assert done.stderr.count("elements agree with the scatter loop\n") == len(cases), done.stderr[-2000:]
