# RUN: env %onnx_env %onnx_python %s %t

# Whatever bytes of a model are changed, the importer ends with a status and one message, or with
# a module; it never raises anything else, and leaves nothing behind.

import os
import random
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "Inputs"))
from models import *
from models import call, folder_of_test, layer_model, numbers

folder = folder_of_test()
model = layer_model(
    numbers(2, 3, 3), numbers(3), [1, 2, 4], strides=[2], auto_pad="SAME_UPPER", kernel_shape=[3]
)
model.graph.node.append(helper.make_node("Relu", ["y"], ["z"]))
model.graph.output[0].name = "z"
data = model.SerializeToString()
generator = random.Random(1)
path, target = os.path.join(folder, "model.onnx"), os.path.join(folder, "model.mlir")
statuses = {0: 0, 1: 0, 77: 0}
for number in range(300):
    changed = bytearray(data)
    for _ in range(generator.randrange(1, 4)):
        changed[generator.randrange(len(changed))] = generator.randrange(256)
    if number % 10 == 0:
        changed = changed[: generator.randrange(len(changed))]
    with open(path, "wb") as file:
        file.write(changed)
    status, out, err = call(path, "-o", target)
    assert status in statuses, (number, status, err)
    assert "could not be imported" not in err, (number, err)
    assert (status == 0) == os.path.exists(target), (number, err)
    if status == 0:
        os.unlink(target)
    else:
        assert err.count("\n") == 1, (number, err)
    statuses[status] += 1
assert all(statuses.values()), statuses
print("statuses:", statuses)
