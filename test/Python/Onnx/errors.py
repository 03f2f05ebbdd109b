# RUN: env %onnx_env %onnx_python %s %t

# What is wrong with a model is one line that says what was expected, where, and what came; the
# status is 1, or 77 for what is right but not supported. Nothing is written.

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "Inputs"))
import numpy
from models import *
from models import call, folder_of_test, layer_model, model_of, numbers, save, value

folder = folder_of_test()
w = numbers(2, 3, 3)


def layer(filter=w, bias=None, shape=(1, 2, 4), **attributes):
    return layer_model(filter, bias, list(shape), **attributes)


def changed(function, **attributes):
    model = layer(**attributes)
    function(model)
    return model


def external(**entries):
    def change(model):
        tensor = model.graph.initializer[0]
        tensor.ClearField("raw_data")
        tensor.data_location = TensorProto.EXTERNAL
        for key, text in entries.items():
            tensor.external_data.add(key=key, value=text)

    return change


def opset(version):
    def change(model):
        model.opset_import[0].version = version

    return change


def node(op_type, names=("x",), opset=17, domain="", rank=3, **attributes):
    made = helper.make_node(op_type, list(names), ["y"], domain=domain, **attributes)
    model = model_of([made], [value("x", [1, 2, 4])], [value("y", [None] * rank)], {"w": w}, opset)
    if domain:
        model.opset_import.add(domain=domain, version=1)
    return model


with open(os.path.join(folder, "short.bin"), "wb") as file:
    file.write(bytes(8))
os.makedirs(os.path.join(folder, "..", "outside"), exist_ok=True)

# model, status, message
CASES = [
    (layer(strides=[2, 2]), 1, "expected 1 integers of strides, got 2"),
    (layer(strides=[0]), 1, "expected strides from 1 to 2^31, got 0"),
    (layer(dilations=[-1]), 1, "expected dilations from 1 to 2^31, got -1"),
    (layer(group=0), 1, "expected a group of at least 1, got 0"),
    (layer(group=3), 1, "expected a group that divides 2 channels, got 3"),
    (layer(kernel_shape=[4]), 1, "expected a kernel_shape of 3 in spatial dimension 0"),
    (layer(auto_pad="same"), 1, "expected an auto_pad of NOTSET, VALID, SAME_UPPER, SAME_LOWER, got 'same'"),
    (layer(auto_pad="VALID", pads=[1, 1]), 1, "expected pads or an auto_pad, got pads [1, 1]"),
    (layer(pads=[1]), 1, "expected 2 integers of pads, got 1"),
    (layer(pads=[4, 4]), 1, "expected an output size of at least 1 in spatial dimension 0, got -2"),
    (layer(output_padding=[1]), 1, "expected an output_padding below 1"),
    (layer(output_shape=[1, 3, 9]), 1, "expected 1 integers of output_shape, got 3"),
    (layer(shape=(1, 2)), 1, "expected an input of rank 3 or more"),
    (layer(numbers(2, 3, 3, 3)), 1, "expected a filter of rank 3 as the input, got rank 4"),
    (layer(numbers(5, 3, 3)), 1, "expected a filter of 2 input channels, got 5"),
    (layer(bias=numbers(4)), 1, "expected a bias of 3 numbers, got 4"),
    (layer(numbers(2, 1, 1, 1, 1, 1), shape=(1, 2, 1, 1, 1, 1)), 77, "expected 1, 2 or 3 spatial dimensions, got 4"),
    (changed(opset(0)), 1, "expected an opset from 1 on, got 0"),
    (changed(opset(999)), 77, "opset 999 is newer than"),
    (changed(lambda m: m.ClearField("opset_import")), 1, "expected an opset of ONNX among the imports"),
    (changed(lambda m: m.ClearField("graph")), 1, "it has no graph"),
    (changed(external()), 1, "expected a location of its external data, got none"),
    (changed(external(location="/etc/passwd")), 1, "expected external data in the model's folder"),
    (changed(external(location="../outside/w")), 1, "expected external data in the model's folder"),
    (changed(external(location="none.bin")), 1, "its external data 'none.bin' is no file"),
    (changed(external(location="short.bin")), 1, "expected 72 bytes in 'short.bin', got 8"),
    (changed(external(location="short.bin", offset="-4")), 1, "expected a number as the offset, got '-4'"),
    (changed(external(location="short.bin", length="8")), 1, "got a length of 8"),
    (changed(lambda m: m.graph.initializer[0].ClearField("raw_data")), 1, "expected 18 numbers for sizes [2, 3, 3], got 0"),
    (changed(lambda m: m.graph.initializer[0].dims.append(2)), 1, "expected 144 bytes for sizes"),
    (changed(lambda m: setattr(m.graph.initializer[0], "data_type", 99)), 1, "expected an element type, got 99"),
    (node("LSTMish"), 77, "the operator LSTMish is not known"),
    (node("Thing", domain="com.example"), 77, "the operator com.example.Thing is not known"),
    (node("Einsum", equation="abc->ab", rank=2), 77, "there is no lowering of this operator"),
    (node("ConvTranspose", ("x", "nothing")), 1, "the model is not valid"),
    (node("ConvTranspose", ("x", "w"), unknown=1), 1, "the model is not valid"),
    (node("Softmax", axis=7), 1, "the model is not valid"),
]

for number, (model, status, message) in enumerate(CASES):
    path = save(model, os.path.join(folder, f"model{number}.onnx"))
    target = os.path.join(folder, f"model{number}.mlir")
    got, out, err = call(path, "-o", target)
    assert got == status, (number, message, got, err)
    assert message in err and err.count("\n") == 1, (number, message, err)
    assert not os.path.exists(target) and not out, number
assert not [name for name in os.listdir(folder) if name.endswith(".part")]

# A file that is none, and one that is not there.
with open(os.path.join(folder, "noise.onnx"), "wb") as file:
    file.write(bytes(range(256)))
assert "could not be parsed" in call(os.path.join(folder, "noise.onnx"))[2]
assert "No such file" in call(os.path.join(folder, "missing.onnx"))[2]

# A link that leads out of the folder is no way around.
link = os.path.join(folder, "link.bin")
if not os.path.islink(link):
    os.symlink("/etc/passwd", link)
path = save(changed(external(location="link.bin")), os.path.join(folder, "link.onnx"))
assert "which leads out of it" in call(path)[2]

# Sizes and files that do not fit the inputs.
path = save(layer(), os.path.join(folder, "fits.onnx"))
for flags, message in (
    (["--shape", "z=1,2,4"], "expected the name of an input, got 'z'"),
    (["--shape", "x=1,2"], "expected 3 dimensions, got 2"),
    (["--shape", "x=1,2,5"], "expected sizes [1, 2, 4], got [1, 2, 5]"),
    (["--shape", "x"], "expected NAME=SIZE,SIZE,..."),
    (["--node", "other"], "expected a transposed convolution, one of layer; got 'other'"),
    (["--output", "y.npy"], "expected 1 inputs, got 0"),
    (["-o", os.path.join(folder, "no", "such", "folder.mlir")], "No such file or directory"),
):
    status, out, err = call(path, *flags)
    assert status in (1, 2) and message in err and not out, (flags, err)
numpy.save(os.path.join(folder, "double.npy"), numpy.zeros((1, 2, 4)))
err = call(path, "--input", os.path.join(folder, "double.npy"), "--output", "y.npy")[2]
assert "input 'x': expected float, got float64" in err, err
print("cases:", len(CASES))
