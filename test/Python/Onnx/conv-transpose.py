# RUN: env %onnx_env %onnx_python %s %t

# Every way in which ConvTranspose says padding and sizes, in one to three dimensions, against
# the scatter loop. What the layer's attributes are is worked out here by the text of ONNX.

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "Inputs"))
from models import *
from models import folder_of_test, layer_model, numbers, run, save, scatter

folder = folder_of_test()

# attributes, filter, input sizes; then: begins and sizes that must come out
CASES = [
    ({}, (2, 3, 3), (4,), [0], [6]),
    ({"strides": [2], "pads": [1, 0]}, (2, 3, 4), (5,), [1], [11]),
    ({"strides": [3], "output_padding": [2], "pads": [0, 1]}, (2, 1, 2), (4,), [0], [12]),
    ({"strides": [2], "dilations": [3], "output_padding": [2]}, (2, 1, 3), (4,), [0], [15]),
    # SAME: sizes times the stride; of an odd padding the larger half is at the end for UPPER.
    ({"strides": [2], "auto_pad": "SAME_UPPER"}, (2, 1, 5), (4,), [1], [8]),
    ({"strides": [2], "auto_pad": "SAME_LOWER"}, (2, 1, 5), (4,), [2], [8]),
    ({"strides": [2], "auto_pad": "SAME_LOWER", "output_padding": [1]}, (2, 1, 4), (3,), [2], [6]),
    ({"strides": [2], "auto_pad": "VALID"}, (2, 1, 3), (4,), [0], [9]),
    # A given shape: padding that leaves it, or zeros at the end where it is larger.
    ({"strides": [2], "output_shape": [8]}, (2, 1, 5), (4,), [2], [8]),
    ({"strides": [2], "output_shape": [8], "auto_pad": "SAME_UPPER"}, (2, 1, 5), (4,), [1], [8]),
    ({"strides": [2], "output_shape": [11]}, (2, 1, 3), (4,), [0], [11]),
    ({"strides": [2, 3], "group": 2, "pads": [1, 0, 0, 2]}, (4, 3, 3, 2), (3, 2), [1, 0], [6, 3]),
    (
        {"strides": [2, 1, 2], "dilations": [1, 2, 1], "pads": [0, 1, 0, 0, 1, 0], "group": 2},
        (2, 2, 2, 2, 2),
        (2, 3, 2),
        [0, 1, 0],
        [4, 3, 4],
    ),
]

for number, (attributes, filter_shape, sizes, begin, size) in enumerate(CASES):
    w = numbers(*filter_shape, seed=number)
    groups = attributes.get("group", 1)
    bias = numbers(filter_shape[1] * groups, seed=100 + number) if number % 2 else None
    x = numbers(2, filter_shape[0], *sizes, seed=200 + number)
    # Odd cases leave the sizes open in the model; it is run with those of the files.
    shape = None if number % 4 == 1 else list(x.shape)
    if shape is None:
        shape = [None, filter_shape[0]] + [None] * len(sizes)
    path = save(
        layer_model(w, bias, shape, **attributes), os.path.join(folder, f"layer{number}.onnx")
    )
    count = len(sizes)
    (y,) = run(path, [x])
    stride = attributes.get("strides", [1] * count)
    dilation = attributes.get("dilations", [1] * count)
    expected = scatter(x, w, bias, stride, begin, size, dilation, groups)
    assert y.shape == expected.shape, (attributes, y.shape, expected.shape)
    assert (y == expected).all(), attributes
print("cases:", len(CASES))
