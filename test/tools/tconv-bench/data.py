# REQUIRES: numpy
# RUN: %python %s tconv-bench %t

"""Data from files, and TCONV_OUT: raw f32 with channels first, whatever the layer computes in."""

import os
import subprocess
import sys

import numpy

tool, folder = sys.argv[1:]
os.makedirs(folder, exist_ok=True)
random = numpy.random.default_rng(1)
out = os.path.join(folder, "out.f32")


def save(name, array):
    numpy.save(os.path.join(folder, name + ".npy"), array.astype(numpy.float32))
    return array.astype(numpy.float32).astype(float)


def scatter(x, w, b, stride, padding):
    batch, channels, *sizes = x.shape
    full = [(size - 1) * stride + k for size, k in zip(sizes, w.shape[2:])]
    y = numpy.zeros([batch, w.shape[1], *full])
    for position in numpy.ndindex(*sizes):
        stamp = numpy.tensordot(x[(slice(None), slice(None), *position)], w, 1)
        window = tuple(slice(i * stride, i * stride + k) for i, k in zip(position, w.shape[2:]))
        y[(slice(None), slice(None), *window)] += stamp
    inner = tuple(slice(padding, size - padding) for size in full)
    return y[(slice(None), slice(None), *inner)] + b.reshape([-1] + [1] * len(sizes))


def run(descriptor, *flags, status=0):
    command = [tool, descriptor, "--data", folder, "--threads", "1", "--budget", "0", *flags]
    environment = dict(os.environ, TCONV_OUT=out)
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == status, done.stderr
    return done.stderr


for sizes, taps in (((5,), (3,)), ((4, 3), (3, 4)), ((2, 3, 2), (2, 2, 3))):
    x = save("x", random.standard_normal((2, 3, *sizes)))
    w = save("w", random.standard_normal((3, 6, *taps)))
    b = save("b", random.standard_normal(6))
    descriptor = "n2 ci3 co6 i{} k{} s2 p1 b".format("x".join(map(str, sizes)), "x".join(map(str, taps)))
    expected = scatter(x, w, b, 2, 1)
    for flags, tolerance in (
        (["--layout", "channels_first"], 1e-5),
        (["--layout", "channels_last"], 1e-5),
        (["--type", "f64"], 1e-5),
        (["--type", "bf16"], 2e-1),
    ):
        run(descriptor, "--check", *flags)
        got = numpy.fromfile(out, numpy.float32)
        assert got.size == expected.size, (descriptor, flags, got.size, expected.size)
        error = abs(got.reshape(expected.shape) - expected).max()
        assert error < tolerance, (descriptor, flags, error)

# Files that are not those of the layer.
message = run("n2 ci3 co6 i2x3x2 k2x2x2 s2 p1 b", status=1)
assert "w.npy: expected 3x6x2x2x2xf32, got 3x6x2x2x3xf32" in message, message
numpy.save(os.path.join(folder, "b.npy"), b)
message = run("n2 ci3 co6 i2x3x2 k2x2x3 s2 p1 b", status=1)
assert "b.npy: expected 6xf32, got 6xf64" in message, message
