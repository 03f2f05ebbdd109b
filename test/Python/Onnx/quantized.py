# RUN: env %onnx_env %onnx_python %s %t

# Layers between DequantizeLinear and QuantizeLinear become layers of bytes that store bytes, of
# every form of the pairs that allows it, with the numbers of the definition (in floats, so that a
# rounding may differ by one); what does not allow it stays a layer of floats.

import os
import random
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "Inputs"))
import numpy
from models import *
from models import call, folder_of_test, model_of, run, save, scatter, value
from onnx.reference import ReferenceEvaluator

folder = folder_of_test()
make = helper.make_node
TYPES = {numpy.int8: TensorProto.INT8, numpy.uint8: TensorProto.UINT8}


def draw_model(draw, rank):
    """A quantised layer, in which what may differ is drawn, and its input."""
    generator = numpy.random.default_rng(draw.randint(0, 1 << 30))
    x_type, w_type, y_type = (draw.choice(list(TYPES)) for _ in range(3))
    group = draw.choice([1, 1, 2])
    ci, per_group = group * draw.randint(1, 5), draw.randint(1, 9)
    byte = lambda kind, *shape: generator.integers(
        numpy.iinfo(kind).min, numpy.iinfo(kind).max + 1, shape).astype(kind)
    per_channel = draw.random() < 0.6
    zero = lambda kind, *shape: (
        byte(kind, *shape) if draw.random() < 0.6 else numpy.full(shape, 128 * (kind is numpy.uint8), kind))
    scale = lambda *shape: (2.0 ** generator.integers(-6, -1, shape)).astype(numpy.float32)
    kernel = [draw.randint(1, 4) for _ in range(rank)]
    shape = [draw.randint(1, 2), ci, *(draw.randint(1, 5) for _ in range(rank))]
    count = [per_group] if per_channel else []
    initializers = {
        "xs": scale(), "xz": zero(x_type), "wq": byte(w_type, ci, per_group, *kernel),
        "ws": scale(*count), "ys": numpy.float32(2.0 ** draw.randint(-2, 4)), "yz": zero(y_type),
        "wz": numpy.full(count, byte(w_type), w_type) if draw.random() < 0.7 else
        numpy.zeros(count, w_type),
    }
    names = ["xf", "wf"]
    if draw.random() < 0.5:
        initializers["b"] = generator.integers(-40, 40, group * per_group).astype(numpy.float32) / 8
        names.append("b")
    axis = {"axis": 1} if per_channel else {}
    nodes = [
        make("DequantizeLinear", ["x", "xs", "xz"], ["xf"]),
        make("DequantizeLinear", ["wq", "ws", "wz"], ["wf"], **axis),
        make("ConvTranspose", names, ["t"], name="layer", group=group,
             strides=[draw.randint(1, 3) for _ in range(rank)]),
    ]
    last = "t"
    if draw.random() < 0.4:
        nodes.append(make("Relu", ["t"], ["r"]))
        last = "r"
    nodes.append(make("QuantizeLinear", [last, "ys", "yz"], ["y"]))
    model = model_of(nodes, [value("x", shape, TYPES[x_type])],
                     [value("y", [None] * (rank + 2), TYPES[y_type])], initializers, opset=21)
    return model, byte(x_type, *shape), initializers


def expect(model, x, values):
    """The definition, in numbers that were dequantized."""
    along = lambda name: numpy.reshape(values[name], [-1] + [1] * (x.ndim - 2)).astype(float)
    wide = lambda array, zero, scale: (array.astype(float) - zero) * scale
    layer = next(node for node in model.graph.node if node.op_type == "ConvTranspose")
    attributes = {entry.name: helper.get_attribute_value(entry) for entry in layer.attribute}
    stride, w = attributes["strides"], wide(values["wq"], along("wz"), along("ws"))
    size = [(i - 1) * s + k for i, s, k in zip(x.shape[2:], stride, w.shape[2:])]
    y = scatter(wide(x, values["xz"].astype(float), values["xs"]), w, values.get("b"), stride,
                [0] * len(size), size, [1] * len(size), attributes["group"])
    if any(node.op_type == "Relu" for node in model.graph.node):
        y = numpy.maximum(y, 0)
    limits = numpy.iinfo(values["yz"].dtype)
    rounded = numpy.rint(y / values["ys"]) + values["yz"]
    return numpy.clip(rounded, limits.min, limits.max).astype(values["yz"].dtype)


def module_of(path, *flags):
    status, _, err = call(path, "-o", path + ".mlir", *flags)
    assert status == 0, err
    with open(path + ".mlir") as file:
        return file.read()


def stores_bytes(path):
    """Whether the kernel stores what is returned."""
    text = subprocess.run([os.environ["TCONV_RUN"], path + ".mlir", "--stop-after=decomposed"],
                          capture_output=True, text=True, check=True).stdout
    return "linalg.generic" not in text and "xi8>" in text.split("return")[1]


for number in range(15):
    draw = random.Random(number)
    model, x, values = draw_model(draw, number % 3 + 1)
    path = save(model, os.path.join(folder, f"model{number}.onnx"))
    text = module_of(path)
    layer = next(line for line in text.splitlines() if "tconv.conv_transpose" in line)
    assert "xi32>" in layer, layer
    assert ("input_unsigned" in layer) == (x.dtype == numpy.uint8), layer
    assert stores_bytes(path), path
    assert "xi32>" in module_of(path, "--node", "layer"), path
    expected, (got,) = expect(model, x, values), run(path, [x])
    assert got.dtype == expected.dtype and got.shape == expected.shape, (got.dtype, got.shape)
    difference = numpy.abs(got.astype(int) - expected.astype(int))
    assert difference.max() <= 1 and (difference > 0).mean() < 0.02, (number, difference.max())

# Scales of input channels cannot be taken out of a sum.
x = numpy.ones((1, 2, 3), numpy.int8)
model = model_of(
    [make("DequantizeLinear", ["x", "s"], ["xf"]),
     make("DequantizeLinear", ["w", "ws"], ["wf"], axis=0),
     make("ConvTranspose", ["xf", "wf"], ["y"])],
    [value("x", [1, 2, 3], TensorProto.INT8)], [value("y", [None] * 3)],
    {"s": numpy.float32(0.5), "w": numpy.ones((2, 1, 2), numpy.int8),
     "ws": numpy.array([1, 2], numpy.float32)}, opset=21)
path = save(model, os.path.join(folder, "by-input-channel.onnx"))
assert "xi32>" not in module_of(path)
assert (run(path, [x])[0] == ReferenceEvaluator(model).run(None, {"x": x})[0]).all()
