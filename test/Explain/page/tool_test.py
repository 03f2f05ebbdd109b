#!/usr/bin/env python3
# REQUIRES: chromium, numpy
# RUN: %python %s tconv-explain tconv-run
"""Opens pages that tconv-explain wrote: their arithmetic gives what compiled code gives.

Of large layers, which a page holds a part of, it shows the element that was asked for.
"""

import json
import os
import re
import subprocess
import sys
import tempfile

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "Inputs"))
from browser import Browser, find_chromium  # noqa: E402

EXPLAIN, RUN = sys.argv[1:3]
TERM = re.compile(r"x\[[\d,]+\]\*w\[[\d,]+\]")
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
    assert shown == "input,raised,decomposed,tiled,bufferized,loops,llvm", shown
    assert browser.complaints() == [], browser.complaints()


def check_part(browser, rng, folder):
    """Of a layer that is too large for a page, the element that was asked for is what the text says."""
    rank = int(rng.integers(1, 4))
    words = {"i": (20, 400), "k": (1, 8), "s": (1, 5), "d": (1, 4)}
    numbers = {name: [int(n) for n in rng.integers(*ends, rank)] for name, ends in words.items()}
    numbers["p"] = [int(rng.integers(0, d * (k - 1) + 1)) for d, k in zip(numbers["d"], numbers["k"])]
    sizes = [
        (i - 1) * s - 2 * p + d * (k - 1) + 1
        for i, s, p, d, k in zip(*(numbers[name] for name in "ispdk"))
    ]
    channels = int(rng.choice([1, 3, 2000]))
    descriptor = f"n3 ci{channels} co{2 * channels} " + " ".join(
        name + "x".join(map(str, values)) for name, values in numbers.items()
    )
    at = [2, 2 * channels - 1, *(int(rng.integers(0, size)) for size in sizes)]
    at_text = ",".join(map(str, at))
    path = os.path.join(folder, "part.html")
    text = subprocess.run(
        [EXPLAIN, "--layer", descriptor, "--at", at_text, "--html", path],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    said = next(line for line in text.splitlines() if line.startswith("y["))
    browser.open(path)
    shown = browser.run("document.getElementById('equation').textContent")
    assert shown.startswith(f"y[{at_text}] = "), (descriptor, shown)
    terms, shown_terms = TERM.findall(said), TERM.findall(shown)
    assert bool(terms) == bool(shown_terms), (descriptor, at, said, shown)
    if "left out" not in shown:
        assert shown_terms[:12] == terms[:12], (descriptor, at, said, shown)
        values_known = "not known" not in browser.run("document.getElementById('about').textContent")
        total, shown_total = (line.split(" = ")[-1] for line in (said, shown))
        assert not terms or not values_known or float(total) == float(shown_total), (said, shown)
    for size in sizes:
        assert f"= {size}" in browser.run("document.getElementById('formulas').textContent"), descriptor
    assert browser.complaints() == [], browser.complaints()


def main():
    rng = np.random.default_rng(6)
    browser = Browser(find_chromium())
    try:
        with tempfile.TemporaryDirectory() as folder:
            for _ in range(10):
                check(browser, rng, folder)
            for _ in range(15):
                check_part(browser, rng, folder)
    finally:
        browser.close()


if __name__ == "__main__":
    main()
