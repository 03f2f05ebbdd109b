# What a compiled artefact computes is what tconv-run computes, bit for bit: for each
# element type, by each algorithm, with and without packing, from several threads at once, and of
# layers whose sizes are only known when it runs.
# REQUIRES: numpy
# RUN: rm -rf %t && mkdir -p %t
# RUN: %python %s %t
import ctypes
import subprocess
import sys
import threading

import numpy as np

FOLDER = sys.argv[1]
DTYPES = {"f64": "f8", "f32": "f4", "f16": "f2", "bf16": "u2", "i8": "i1", "i32": "i4"}


def layer(element, result, constant):
    mark = " {tconv.constant}" if constant else ""
    x, w, y = f"1x6x5x8x{element}", f"8x4x4x4x{element}", f"1x12x10x4x{result}"
    b = f"4x{result}"
    return f"""
func.func @layer(%x: tensor<{x}>, %w: tensor<{w}>{mark}, %b: tensor<{b}>{mark})
    -> tensor<{y}> {{
  %y = tconv.conv_transpose %x, %w, %b stride [2, 2] padding [1, 1] channels_last
      : (tensor<{x}>, tensor<{w}>, tensor<{b}>) -> tensor<{y}>
  return %y : tensor<{y}>
}}
"""


def cropped(element, result):
    """A layer of as many rows and columns of x as n says, in the corner of the result."""
    x, w, y = f"1x6x5x8x{element}", f"8x4x4x4x{element}", f"1x12x10x4x{result}"
    zero = "0" if element == "i8" else "0.0"
    return f"""
func.func @layer(%x: tensor<{x}>, %w: tensor<{w}> {{tconv.constant}}, %n: tensor<2xi32>)
    -> tensor<{y}> {{
  %0 = arith.constant 0 : index
  %1 = arith.constant 1 : index
  %2 = arith.constant 2 : index
  %n0 = tensor.extract %n[%0] : tensor<2xi32>
  %n1 = tensor.extract %n[%1] : tensor<2xi32>
  %rows = arith.index_cast %n0 : i32 to index
  %columns = arith.index_cast %n1 : i32 to index
  %part = tensor.extract_slice %x[0, 0, 0, 0] [1, %rows, %columns, 8] [1, 1, 1, 1]
      : tensor<{x}> to tensor<1x?x?x8x{element}>
  %y = tconv.conv_transpose %part, %w stride [2, 2] padding [1, 1] channels_last
      : (tensor<1x?x?x8x{element}>, tensor<{w}>) -> tensor<1x?x?x4x{result}>
  %h = tensor.dim %y, %1 : tensor<1x?x?x4x{result}>
  %v = tensor.dim %y, %2 : tensor<1x?x?x4x{result}>
  %zero = arith.constant dense<{zero}> : tensor<{y}>
  %all = tensor.insert_slice %y into %zero[0, 0, 0, 0] [1, %h, %v, 4] [1, 1, 1, 1]
      : tensor<1x?x?x4x{result}> into tensor<{y}>
  return %all : tensor<{y}>
}}
"""


def random(element, shape, seed):
    values = np.random.default_rng(seed).uniform(-2, 2, shape)
    if element == "bf16":
        return (values.astype("f4").view("u4") >> 16).astype("u2")
    if element in ("i8", "i32"):
        values *= 50
    return values.astype(DTYPES[element])


def expected(module, inputs, algorithm):
    """The result of tconv-run."""
    command = ["tconv-run", module, "--algorithm=" + algorithm, f"--output={FOLDER}/y.npy"]
    for number, values in enumerate(inputs):
        path = f"{FOLDER}/{number}.npy"
        np.save(path, values)
        command.append("--input=" + path)
    subprocess.run(command, check=True)
    return np.load(f"{FOLDER}/y.npy")


def address(array):
    return array.ctypes.data_as(ctypes.c_void_p)


class Artefact:
    def __init__(self, module, name, *options):
        path = f"{FOLDER}/{name}.so"
        subprocess.run(["tconv-compile", module, "-o", path, *options], check=True)
        self.library = ctypes.CDLL(path)
        self.library.layer_packed_bytes.restype = ctypes.c_size_t
        self.library.layer_error.restype = ctypes.c_char_p

    def check(self, status):
        assert status == 0, self.library.layer_error()

    def pack(self, constants):
        packed = np.zeros(self.library.layer_packed_bytes(), "u1")
        self.check(self.library.layer_pack(*map(address, constants), address(packed)))
        return packed

    def run(self, inputs, like):
        y = np.zeros_like(like)
        self.check(self.library.layer_run(*map(address, inputs), address(y)))
        return y


def check_equal(name, y, expectation):
    assert y.tobytes() == expectation.tobytes(), name


def run_often(name, artefact, inputs, expectation):
    for _ in range(50):
        check_equal(name, artefact.run(inputs, expectation), expectation)


def check_at_once(name, artefact, runs):
    """Several threads run the layer, each with inputs and a result of its own."""
    threads = [threading.Thread(target=run_often, args=(name, artefact, *run)) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures


def check(element, result, constant, algorithm):
    name = f"{element}-{algorithm}-{'packed' if constant else 'plain'}"
    module = f"{FOLDER}/{name}.mlir"
    with open(module, "w") as file:
        file.write(layer(element, result, constant))
    inputs = [random(element, (1, 6, 5, 8), 0), random(element, (8, 4, 4, 4), 1),
              random(result, (4,), 2)]
    expectation = expected(module, inputs, algorithm)
    artefact = Artefact(module, name, "--algorithm=" + algorithm)
    if constant:
        inputs = [inputs[0], artefact.pack(inputs[1:])]
    check_equal(name, artefact.run(inputs, expectation), expectation)
    artefact.library.layer_set_threads(3)
    check_at_once(name, artefact, [(inputs, expectation)] * 4)


def check_sizes(element, result):
    """One artefact, sizes in turn, each of them twice."""
    name = f"{element}-cropped"
    module = f"{FOLDER}/{name}.mlir"
    with open(module, "w") as file:
        file.write(cropped(element, result))
    x, w = random(element, (1, 6, 5, 8), 0), random(element, (8, 4, 4, 4), 1)
    artefact = Artefact(module, name)
    packed = artefact.pack([w])
    runs = []
    for sizes in ((6, 5), (1, 1), (3, 4)):
        n = np.array(sizes, "i4")
        runs.append(([x, packed, n], expected(module, [x, w, n], "auto")))
    for inputs, expectation in runs * 2:
        check_equal(name, artefact.run(inputs, expectation), expectation)
    artefact.library.layer_set_threads(3)
    check_at_once(name, artefact, runs)


failures = []
threading.excepthook = lambda args: failures.append(args.exc_value)
for types in (("f64", "f64"), ("f32", "f32"), ("f16", "f16"), ("bf16", "bf16"), ("i8", "i32")):
    check(*types, True, "auto")
    check_sizes(*types)
check("f32", "f32", False, "auto")
check("bf16", "bf16", True, "phases")
check("f32", "f32", True, "zero-insertion")
