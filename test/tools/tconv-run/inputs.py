# REQUIRES: numpy
# RUN: %python %s tconv-run %S/Inputs/layer.mlir %t

"""Inputs that do not fit or are no .npy files are errors that say why, with status 1."""

import os
import subprocess
import sys

import numpy

tool, layer, folder = sys.argv[1:]
os.makedirs(folder, exist_ok=True)


def path(name):
    return os.path.join(folder, name + ".npy")


def ones(name, shape, dtype=numpy.float32):
    return save(name, numpy.ones(shape, dtype))


def save(name, array):
    numpy.save(path(name), array)
    return path(name)


def save_bytes(name, content):
    with open(path(name), "wb") as file:
        file.write(content)
    return path(name)


x = ones("x", (1, 1, 4))
w = ones("w", (1, 1, 3))
with open(x, "rb") as file:
    content = file.read()
y = path("y")

# What is wrong: (inputs, words of the message)
CASES = {
    "type": (
        [ones("f64", (1, 1, 4), float), w],
        f"error: {path('f64')}: expected 1x1x4xf32 as input 0 of @main, got 1x1x4xf64; of an array a, numpy "
        "makes one that fits by a.astype('float32')\n",
    ),
    "rank": ([ones("rank", (1, 4)), w], f"{path('rank')}: expected 1x1x4xf32 as input 0 of @main, got 1x4xf32\n"),
    "shape": (
        [x, ones("shape", (1, 1, 5))],
        f"{path('shape')}: expected 1x1x3xf32 as input 1 of @main, got 1x1x5xf32\n",
    ),
    "too_few": ([x], "expected 2 inputs of @main, got 1"),
    "too_many": ([x, w, w], "expected 2 inputs of @main, got 3"),
    "complex": (
        [ones("complex", (1, 1, 4), numpy.complex64), w],
        "got '<c8'; of an array a, numpy makes one by a.astype('float32')\n",
    ),
    "unsigned": (
        [save("unsigned", numpy.full((1, 1, 4), 200, numpy.uint8)), w],
        f"{path('unsigned')}: expected numbers up to 127 in an array of uint8, since i8 is signed, got 200; of an",
    ),
    "missing": ([path("missing"), w], "missing.npy: cannot open"),
    "folder": ([folder, w], "expected a regular file, got a directory"),
    "empty": ([save_bytes("empty", b""), w], "expected a .npy file, got an empty file"),
    "truncated": ([save_bytes("short", content[:-3]), w], "16 bytes of data for 1x1x4xf32, got 13"),
    "trailing": ([save_bytes("long", content + b"x"), w], "16 bytes of data for 1x1x4xf32, got 17"),
    "no_header": ([save_bytes("cut", content[:40]), w], "expected a header"),
    "negative": ([save_bytes("negative", content.replace(b"1, 4)", b"1,-4)")), w], "got -4"),
    "version": ([save_bytes("version", content[:6] + b"\x09" + content[7:]), w], "got 9.0"),
}

failed = 0
for name, (inputs, message) in CASES.items():
    command = [tool, layer, "--output", y] + [word for file in inputs for word in ("--input", file)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 1 or message not in done.stderr or os.path.exists(y):
        failed += 1
        print(f"{name}: expected status 1 and '{message}', got {done.returncode}: {done.stderr}")

# Fortran order is read as well as C order, and an input may be the output.
save("fortran", numpy.asfortranarray(numpy.arange(4, dtype=numpy.float32).reshape(1, 1, 4)))
files = ["--input", path("fortran"), "--input", w, "--output", path("fortran")]
subprocess.run([tool, layer, *files], check=True)
result = numpy.load(path("fortran")).tolist()
if result != [[[0, 0, 1, 1, 3, 2, 5, 3, 3]]]:
    failed += 1
    print("fortran: got", result)
sys.exit(failed != 0)
