# RUN: env %onnx_env %onnx_python %s %t

# Single layers out of a model: what --list says of them, what --node and --all take along, and
# that scales and shifts of constants end up in the filter and the bias.

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "Inputs"))
import numpy
from models import *
from models import call, folder_of_test, model_of, numbers, run, save, scatter, value
from onnx.reference import ReferenceEvaluator

folder = folder_of_test()
make = helper.make_node
weights = {
    "w": numbers(4, 6, 3, 3) / 4,
    "b": numbers(6, seed=1),
    "gamma": numbers(6, seed=2) / 2,
    "beta": numbers(6, seed=3),
    "mean": numbers(6, seed=4),
    "variance": numpy.abs(numbers(6, seed=5)) + 1,
    "column": numbers(6, 1, 1, seed=6),
    "half": numpy.array(0.5, dtype=numpy.float32),
    "other": numbers(6, 2, 1, 2, seed=7),
    "norm": numpy.abs(numbers(6, 1, 1, 1, seed=8)) + 1,
}
nodes = [
    make("ConvTranspose", ["x", "w", "b"], ["t"], name="up", strides=[2, 2]),
    make("BatchNormalization", ["t", "gamma", "beta", "mean", "variance"], ["n"]),
    make("Mul", ["half", "n"], ["m"]),
    make("Add", ["m", "column"], ["a"]),
    make("Relu", ["a"], ["r"]),
    make("MaxPool", ["r"], ["p"], kernel_shape=[2, 2]),
    make("Mul", ["other", "norm"], ["scaled"]),
    make("ConvTranspose", ["p", "scaled"], ["u"], name="head"),
    make("Sigmoid", ["u"], ["s"]),
    make("Add", ["s", "u"], ["y"]),
]
shape = [1, 4, 5, 4]
model = model_of(nodes, [value("x", shape)], [value("y", [None] * 4)], weights)
path = save(model, os.path.join(folder, "model.onnx"))
x = numbers(*shape, seed=9)

status, out, err = call(path, "--list")
assert status == 0 and not err, err
rows = [line.split() for line in out.splitlines()]
assert rows[0][0] == "layer" and len(rows) == 3, out
# 1*4*5*4 inputs meet 6*3*3 taps each; behind the pooling there are 6*10*8 and 2*1*2.
assert rows[1] == ["up", "1x4x5x4", "4x6", "3x3", "2x2", "4,320", "69.2", "%"], rows[1]
assert rows[2][0] == "head" and rows[2][1] == "1x6x10x8" and rows[2][5] == "1,920", rows[2]

# The chain is one op and a Relu: all that is affine went into the constants.
module = os.path.join(folder, "up.mlir")
status, out, err = call(path, "--node", "up", "-o", module)
assert status == 0, err
assert "MaxPool is not taken along" in err, err
text = open(module).read()
assert text.count("linalg.generic") == 1 and "arith.maximumf" in text, text
assert text.count("arith.constant dense") == 2, text

# The whole model computes what it says; so the folded constants are right.
(expected,) = ReferenceEvaluator(model).run(None, {"x": x})
(y,) = run(path, [x])
assert y.shape == expected.shape and numpy.allclose(y, expected, rtol=1e-4, atol=1e-4)

# The filter of the second layer is computed from constants; its result has two uses.
status, out, err = call(path, "--all", "-o", os.path.join(folder, "layers"))
assert status == 0 and out.splitlines() == [
    os.path.join(folder, "layers", f"layer{number}.mlir") for number in (0, 1)
], (out, err)
assert "'u' has 2 uses" in err, err
text = open(os.path.join(folder, "layers", "layer1.mlir")).read()
assert "arith.mulf" not in text and "tconv.conv_transpose" in text, text

# With groups, the factor of a filter's output is that of its channel of the group.
grouped = model_of(
    [
        make("ConvTranspose", ["x", "g", "b"], ["t"], strides=[2, 2], group=2),
        make("BatchNormalization", ["t", "gamma", "beta", "mean", "variance"], ["y"]),
    ],
    [value("x", shape)],
    [value("y", [None] * 4)],
    weights | {"g": numbers(4, 3, 2, 2, seed=10)},
)
(y,) = run(save(grouped, os.path.join(folder, "grouped.onnx")), [x])
t = scatter(x, numbers(4, 3, 2, 2, seed=10), weights["b"], [2, 2], [0, 0], [10, 8], [1, 1], 2)
normal = [weights[key].reshape(1, 6, 1, 1) for key in ("gamma", "beta", "mean", "variance")]
want = normal[0] * (t - normal[2]) / numpy.sqrt(normal[3] + 1e-5) + normal[1]
assert numpy.allclose(y, want, rtol=1e-4, atol=1e-4)

# A value that is read again is not folded away: n is a result, too.
model.graph.output.append(value("n", [None] * 4))
path = save(model, os.path.join(folder, "two.onnx"))
expected = ReferenceEvaluator(model).run(None, {"x": x})
for got, want in zip(run(path, [x], 2), expected):
    assert numpy.allclose(got, want, rtol=1e-4, atol=1e-4)

# Unknown sizes stay unknown, unless --shape gives them.
model = model_of(
    [make("ConvTranspose", ["x", "w"], ["y"], name="up")],
    [value("x", ["n", 4, "h", "w_"])],
    [value("y", [None] * 4)],
    {"w": weights["w"]},
)
path = save(model, os.path.join(folder, "dynamic.onnx"))
assert "%arg0: tensor<?x4x?x?xf32>" in call(path)[1]
assert "%arg0: tensor<2x4x3x5xf32>) -> tensor<2x6x5x7xf32>" in call(path, "--shape", "x=2,4,3,5")[1]

# Times of every layer, and of ONNX Runtime where it is installed.
path = save(model_of(nodes, [value("x", shape)], [value("y", [None] * 4)], weights), path)
status, out, err = call(path, "--bench")
assert status == 0, err
rows = [line.split() for line in out.splitlines()]
assert [row[0] for row in rows] == ["layer", "up", "head"] and float(rows[1][1]) >= 0, out
