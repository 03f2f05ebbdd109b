"""Runs whole modules in one process, and compares with arrays or with messages."""

import argparse
import dataclasses
import json
import os
import shlex
import subprocess
import sys
import typing

import numpy

SECONDS = 1  # for a module, on a busy machine
TYPES = {"bool": "i1", "float16": "f16", "float32": "f32", "float64": "f64",
         "int8": "i8", "int16": "i16", "int32": "i32", "int64": "i64"}


def tensor_type(array, dynamic=()):
    """The type of an array, with a ? for each of the dimensions in `dynamic`."""
    sizes = ["?" if dim in dynamic else str(size) for dim, size in enumerate(array.shape)]
    return f"tensor<{'x'.join([*sizes, TYPES[array.dtype.name]])}>"


@dataclasses.dataclass
class Case:
    """A module and its inputs; what is expected is the only result, or a list of texts that an
    error has one of. Numbers may differ by `tolerance`, relative to those above 1."""

    name: str
    module: str
    inputs: list
    expected: typing.Any
    tolerance: float = 0
    crash: str = ""

    def write(self, folder):
        path = os.path.join(folder, self.name)
        self.entry = dict(id=self.name, mlir=path + ".mlir", output=path + ".y.npy",
                          status=path + ".status", inputs=[])
        for stale in (self.entry["output"], self.entry["status"]):
            if os.path.exists(stale):
                os.remove(stale)
        with open(self.entry["mlir"], "w") as file:
            file.write(self.module)
        for number, array in enumerate(self.inputs):
            self.entry["inputs"].append(f"{path}.{number}.npy")
            numpy.save(self.entry["inputs"][-1], array)

    def ended(self):
        return os.path.exists(self.entry["status"]) or os.path.exists(self.entry["output"])

    def failure(self):
        """What is wrong with the outcome, or nothing."""
        if self.crash:
            return self.crash
        status = None
        if os.path.exists(self.entry["status"]):
            with open(self.entry["status"]) as file:
                status = file.read().strip()
        if isinstance(self.expected, list):
            if status is None:
                return f"expected an error with one of {self.expected}, got a result"
            good = any(text in status for text in self.expected)
            return None if good else f"expected one of {self.expected}, got {status}"
        if status is not None or not os.path.exists(self.entry["output"]):
            return f"expected a result, got {status}"
        return difference(numpy.load(self.entry["output"]), self.expected, self.tolerance)

    def repeat(self, tool, flags):
        inputs = [f"--input={path}" for path in self.entry["inputs"]]
        return shlex.join([tool, self.entry["mlir"], *inputs, *flags])


def difference(actual, expected, tolerance):
    """The first place where two arrays differ, or nothing."""
    if actual.dtype != expected.dtype or actual.shape != expected.shape:
        return f"expected {expected.dtype}{expected.shape}, got {actual.dtype}{actual.shape}"
    if not tolerance:
        wrong = actual != expected
    else:
        error = numpy.abs(actual.astype(float) - expected.astype(float))
        wrong = ~(error <= tolerance * numpy.maximum(1, numpy.abs(expected.astype(float))))
    if not wrong.any():
        return None
    at = tuple(map(int, numpy.argwhere(wrong)[0]))
    return f"{wrong.sum()} elements differ, at {at} expected {expected[at]}, got {actual[at]}"


def run_batch(tool, folder, flags, cases):
    """Runs cases in one process; those behind one that ends the process, in another."""
    manifest = os.path.join(folder, "manifest.json")
    with open(manifest, "w") as file:
        json.dump({"cases": [case.entry for case in cases]}, file)
    command = [tool, "--batch", manifest, *flags]
    try:
        done = subprocess.run(command, stderr=subprocess.PIPE, text=True,
                              timeout=SECONDS * (20 + len(cases)))
        reason = f"the process ended with {done.returncode}: {done.stderr[:200]}"
        if done.returncode == 0:
            return
    except subprocess.TimeoutExpired:
        reason = "the process did not end"
    left = [number for number, case in enumerate(cases) if not case.ended()]
    if not left:
        raise SystemExit(f"{shlex.join(command)}: {reason}")
    cases[left[0]].crash = reason
    if cases[left[0] + 1 :]:
        run_batch(tool, folder, flags, cases[left[0] + 1 :])


def run(tool, folder, flags, cases):
    """Runs all cases, and prints those that fail."""
    os.makedirs(folder, exist_ok=True)
    for case in cases:
        case.write(folder)
    run_batch(tool, folder, flags, cases)
    failures = [(case, reason) for case in cases if (reason := case.failure())]
    for case, reason in failures:
        print(f"{case.name}: {reason}\n  repeat: {case.repeat(tool, flags)}")
    print(f"{len(cases) - len(failures)} of {len(cases)} modules as expected")
    return 1 if failures else 0


def parse_options(description, **numbers):
    """The tool, a folder, options that are numbers, and flags of the tool behind `--`."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("tool")
    parser.add_argument("folder")
    for name, default in numbers.items():
        parser.add_argument("--" + name, type=int, default=default)
    end = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    options = parser.parse_args(sys.argv[1:end])
    options.flags = sys.argv[end + 1 :]
    return options
