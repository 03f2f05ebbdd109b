# RUN: env %onnx_env %onnx_python %s %t

# Every operator that has a lowering, against onnx's reference: all of them behind one layer, as
# results of one model, which is compiled once with sizes that are known, and once without.

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "Inputs"))
import numpy
from models import *
from models import folder_of_test, model_of, numbers, run, save, value
from onnx.reference import ReferenceEvaluator

from tconv.onnx.importer import OPERATORS

folder = folder_of_test()
array = numpy.array
ints = lambda *entries: array(entries, dtype=numpy.int64)
constants = {
    "w": numbers(2, 4, 2, 2) / 4,
    "column": numbers(4, 1, 1, seed=1),
    "row": numbers(6, seed=2) + 8,
    "vector": numbers(4, seed=3),
    "positive": numpy.abs(numbers(4, seed=4)) + 1,
    "zero": array(0.0, dtype=numpy.float32),
    "two": array(2.0, dtype=numpy.float32),
    "matrix": numbers(6, 5, seed=5),
    "filter": numbers(6, 2, 3, 3, seed=6),
    "bias6": numbers(6, seed=7),
    "scale": array(0.25, dtype=numpy.float32),
    "zp": array(3, dtype=numpy.int8),
    "flags": array([True, False, True, False, False, True]),
    "pairs": ints(-1, 6),
    "bias5": numbers(5, seed=9),
}


def op(op_type, *names, outputs=1, static=False, **attributes):
    """An operator on y, the layer's result; `static`: it needs sizes that are known."""
    return op_type, names or ("y",), outputs, static, attributes


C = {}  # constants of single cases


def const(*entries, dtype=numpy.int64):
    name = f"c{len(C)}"
    C[name] = array(entries, dtype=dtype)
    return name


UNARY = "Abs Ceil Cos Erf Exp Floor Neg Relu Round Sigmoid Sin Softplus Softsign Tanh Mish HardSwish"
CASES = [op(name) for name in UNARY.split()] + [
    op("HardSigmoid", alpha=0.3), op("LeakyRelu", alpha=0.2), op("ThresholdedRelu", alpha=0.5),
    op("Elu", alpha=0.7), op("Celu", alpha=0.6), op("Selu"), op("Gelu"),
    op("Gelu", approximate="tanh"), op("Add", "y", "column"), op("Sub", "row", "y"),
    op("Mul", "y", "y"), op("Div", "y", "row"), op("Max", "y", "zero", "column"),
    op("Min", "y", "two"), op("Sum", "y", "y", "y"), op("PRelu", "y", "column"),
    op("Pow", "y", "two"), op("Clip", "y", "zero", "two"), op("Clip", "y", "", "two"),
    op("Identity"), op("Dropout"), op("Softmax", axis=1, static=True), op("Softmax", static=True),
    op("BatchNormalization", "y", "vector", "vector", "vector", "positive"),
    op("InstanceNormalization", "y", "vector", "vector", static=True),
    op("LayerNormalization", "y", "row", axis=-1, static=True),
    op("ReduceMean", "y", const(2, 3), static=True), op("ReduceMax", "y", const(1), keepdims=0),
    op("ReduceMin", "y", const(3)), op("ReduceSum", "y", const(0, 2), keepdims=0), op("ReduceProd", "y", const(1)),
    op("GlobalAveragePool", static=True), op("GlobalMaxPool"),
    op("Transpose", perm=[0, 2, 3, 1]), op("Transpose", static=True),
    op("Concat", "y", "y", axis=1), op("Split", "y", const(1, 3), outputs=2, axis=1),
    op("Slice", "y", const(1), const(4), const(1), const(2)),
    op("Slice", "y", const(-4), const(-1), const(3), static=True),
    op("Pad", "y", const(0, 0, 1, 0, 0, 0, 0, 2), "two"),
    op("Reshape", "y", const(0, -1, 3), static=True), op("Reshape", "y", const(-1), static=True),
    op("Flatten", axis=2, static=True), op("Unsqueeze", "y", const(0, 3)),
    op("Expand", "y", const(2, 1, 1, 1, 1), static=True),
    op("MatMul", "y", "matrix", static=True), op("Conv", "y", "filter", "bias6", group=2, pads=[1, 0, 1, 2], static=True),
    op("Conv", "y", "filter", group=2, strides=[2, 1], dilations=[1, 2], auto_pad="SAME_UPPER", static=True),
    op("MaxPool", kernel_shape=[2, 3], strides=[2, 1], pads=[0, 1, 1, 0], static=True),
    op("MaxPool", kernel_shape=[3, 3], strides=[2, 2], ceil_mode=1, static=True),
    op("Resize", "y", "", const(1, 1, 2, 3, dtype=numpy.float32), mode="nearest", nearest_mode="floor",
       coordinate_transformation_mode="asymmetric", static=True),
    op("Cast", to=TensorProto.DOUBLE), op("Cast", to=TensorProto.INT32),
    op("Log", "pos"), op("Reciprocal", "pos"), op("Sqrt", "pos"), op("CastLike", "y", "zp"),
    op("Less", "y", "zero"), op("LessOrEqual", "y", "zero"), op("GreaterOrEqual", "y", "zero"),
    op("Where", "flags", "y", "column"), op("Squeeze", "y", const(0), static=True),
    op("Gemm", "flat", "matrix", "bias5", alpha=0.5, beta=2.0, static=True),
    op("DequantizeLinear", "q", "scale", "zp"), op("QuantizeLinear", "y", "scale", "zp"), op("Greater", "y", "zero"), op("Equal", "y", "y"),
]


def build(cases, shape):
    nodes = [
        helper.make_node("ConvTranspose", ["x", "w"], ["y"], strides=[2, 2]),
        helper.make_node("Abs", ["y"], ["magnitude"]),
        helper.make_node("Add", ["magnitude", "two"], ["pos"]),
        helper.make_node("QuantizeLinear", ["y", "scale", "zp"], ["q"]),
    ]
    if shape[0] == 1:
        nodes.append(helper.make_node("Reshape", ["y", "pairs"], ["flat"]))
    outputs = []
    for number, (op_type, names, count, _, attributes) in enumerate(cases):
        results = [f"r{number}.{index}" for index in range(count)]
        nodes.append(helper.make_node(op_type, list(names), results, **attributes))
        outputs += results
    results = [onnx.ValueInfoProto(name=name) for name in outputs]
    model = model_of(nodes, [value("x", shape)], results, constants | C, opset=20)
    # The checker wants types of results.
    inferred = onnx.shape_inference.infer_shapes(model)
    known = {info.name: info for info in inferred.graph.value_info}
    known |= {info.name: info for info in inferred.graph.output}
    del model.graph.output[:]
    model.graph.output.extend(known[name] for name in outputs)
    return model, outputs


x = numbers(1, 2, 2, 3, seed=8)
seen = {"Constant", "ConvTranspose"}
for name, cases, shape in (
    ("static", CASES, [1, 2, 2, 3]),
    ("dynamic", [case for case in CASES if not case[3]], ["n", 2, "h", 3]),
):
    model, outputs = build(cases, shape)
    path = save(model, os.path.join(folder, f"{name}.onnx"))
    expected = ReferenceEvaluator(model).run(None, {"x": x})
    results = run(path, [x], len(outputs))
    for output, got, want in zip(outputs, results, expected):
        op_type = cases[int(output[1:].split(".")[0])][0]
        seen.add(op_type)
        assert got.dtype == want.dtype and got.shape == want.shape, (op_type, got.dtype, got.shape)
        assert numpy.allclose(got, want, rtol=1e-4, atol=1e-5), (op_type, got, want)
print("results:", len(results), "without a case:", sorted(set(OPERATORS) - seen))
