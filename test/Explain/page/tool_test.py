#!/usr/bin/env python3
# REQUIRES: chromium, numpy
# RUN: %python %s tconv-explain tconv-run
"""Opens pages that tconv-explain wrote: their arithmetic gives what compiled code gives."""

import json
import os
import subprocess
import sys
import tempfile

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "Inputs"))
from browser import Browser, find_chromium  # noqa: E402

EXPLAIN, RUN = sys.argv[1:3]
COMPUTE = "JSON.stringify(tconvExplain.compute(JSON.parse(document.getElementById('layer').textContent)))"


def tensor(shape):
    return "tensor<" + "".join(f"{size}x" for size in shape) + "f64>"


def random_module(rng):
    """A layer with at least one output element, and the shapes of its operands."""
    while True:
        rank, groups = int(rng.integers(1, 4)), int(rng.integers(1, 3))
        size, kernel, stride, dilation = (rng.integers(1, 5, rank) for _ in range(4))
        begin, end = (rng.integers(-1, 3, rank) for _ in range(2))
        out = (size - 1) * stride - begin - end + dilation * (kernel - 1) + 1
        if out.min() < 1:
            continue
        x = (1, 2 * groups, *size)
        w = (2 * groups, 2, *kernel)
        y = (1, 2 * groups, *out)
        pads = ", ".join(f"[{b}, {e}]" for b, e in zip(begin, end))
        return x, w, (
            f"func.func @main(%x: {tensor(x)}, %w: {tensor(w)}) -> {tensor(y)} {{\n"
            f"  %y = tconv.conv_transpose %x, %w stride {stride.tolist()} padding [{pads}]"
            f" dilation {dilation.tolist()} groups {groups}"
            f" : ({tensor(x)}, {tensor(w)}) -> {tensor(y)}\n  return %y : {tensor(y)}\n}}\n"
        )


def check(browser, rng, folder):
    x_shape, w_shape, module = random_module(rng)
    path = lambda name: os.path.join(folder, name)  # noqa: E731
    with open(path("layer.mlir"), "w") as file:
        file.write(module)
    np.save(path("x.npy"), rng.standard_normal(x_shape))
    np.save(path("w.npy"), rng.standard_normal(w_shape))
    inputs = [path("layer.mlir"), "--input", path("x.npy"), "--input", path("w.npy")]
    subprocess.run([RUN, *inputs, "--output", path("y.npy")], check=True)
    subprocess.run(
        [EXPLAIN, *inputs, "--pipeline", "--html", path("layer.html")],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    browser.open(path("layer.html"))
    computed = np.array(json.loads(browser.run(COMPUTE))["y"], dtype=float).ravel()
    compiled = np.load(path("y.npy")).ravel()
    assert computed.shape == compiled.shape, module
    assert np.allclose(computed, compiled, rtol=0, atol=1e-12), module
    shown = browser.run("[...document.querySelectorAll('#stages h3')].map((h) => h.textContent).join()")
    assert shown == "input,decomposed,tiled,bufferized,loops,llvm", shown
    assert browser.complaints() == [], browser.complaints()


def main():
    rng = np.random.default_rng(6)
    browser = Browser(find_chromium())
    try:
        with tempfile.TemporaryDirectory() as folder:
            for _ in range(10):
                check(browser, rng, folder)
    finally:
        browser.close()


if __name__ == "__main__":
    main()
