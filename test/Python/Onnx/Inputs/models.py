"""Small models, the command that imports them, and the definition they are held against."""

import contextlib
import io
import itertools
import os
import subprocess
import sys

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

from tconv.onnx import command


def value(name, shape, element=TensorProto.FLOAT):
    return helper.make_tensor_value_info(name, element, shape)


def model_of(nodes, inputs, outputs, initializers=(), opset=17, **more):
    tensors = [numpy_helper.from_array(array, name) for name, array in dict(initializers).items()]
    graph = helper.make_graph(nodes, "graph", inputs, outputs, tensors)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], **more)
    model.ir_version = 8
    return model


def layer_model(w, bias=None, shape=None, opset=17, **attributes):
    """A model of one ConvTranspose, x -> y."""
    initializers = {"w": w} | ({} if bias is None else {"b": bias})
    names = ["x", *initializers]
    node = helper.make_node("ConvTranspose", names, ["y"], name="layer", **attributes)
    rank = w.ndim
    shape = [1, w.shape[0]] + [None] * (rank - 2) if shape is None else shape
    return model_of(
        [node], [value("x", shape)], [value("y", [None] * rank)], initializers, opset
    )


def save(model, path):
    with open(path, "wb") as file:
        file.write(model.SerializeToString())
    return path


def call(*arguments):
    """The exit status, the output and the messages of tconv-import-onnx."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = command.main([str(argument) for argument in arguments])
        except SystemExit as exit:
            status = exit.code
    return status, out.getvalue(), err.getvalue()


def run(path, arrays, outputs=1):
    """What a model makes of arrays, by way of files in its folder."""
    stem = os.path.splitext(path)[0]
    flags, results = [], [f"{stem}.y{number}.npy" for number in range(outputs)]
    for number, array in enumerate(arrays):
        numpy.save(f"{stem}.x{number}.npy", array)
        flags += ["--input", f"{stem}.x{number}.npy"]
    for result in results:
        flags += ["--output", result]
    # A process of its own: the program that it starts writes to the real streams.
    done = subprocess.run(
        [sys.executable, "-m", "tconv.onnx.command", path, *flags], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return [numpy.load(result) for result in results]


def scatter(x, w, bias, stride, begin, size, dilation, groups=1):
    """The definition: every input element stamps the filter onto the result."""
    inputs, outputs = w.shape[0] // groups, w.shape[1]
    y = numpy.zeros((x.shape[0], outputs * groups, *size))
    for i in itertools.product(*map(range, x.shape[2:])):
        for k in itertools.product(*map(range, w.shape[2:])):
            o = [a * s - p + b * d for a, s, p, b, d in zip(i, stride, begin, k, dilation)]
            if not all(0 <= place < length for place, length in zip(o, size)):
                continue
            for group in range(groups):
                ci = slice(group * inputs, (group + 1) * inputs)
                co = slice(group * outputs, (group + 1) * outputs)
                y[(slice(None), co, *o)] += x[(slice(None), ci, *i)] @ w[(ci, slice(None), *k)]
    if bias is not None:
        y += bias.reshape(1, -1, *[1] * len(size))
    return y


def numbers(*shape, seed=0):
    """Small whole numbers, whose sums are exact."""
    generator = numpy.random.default_rng(seed)
    return generator.integers(-4, 5, shape).astype(numpy.float32)


def folder_of_test():
    """A folder for the files of a test, from the command line."""
    os.makedirs(sys.argv[1], exist_ok=True)
    return sys.argv[1]


__all__ = ["onnx", "helper", "numpy_helper", "TensorProto"]
