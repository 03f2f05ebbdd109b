# REQUIRES: numpy
# RUN: %python %s tconv-run %S/Inputs/layer.mlir %t

"""A batch runs every case, whatever becomes of those before it; only a manifest that
cannot be used ends it with status 1."""

import json
import os
import subprocess
import sys

import numpy

tool, layer, folder = sys.argv[1:]
os.makedirs(folder, exist_ok=True)


def write(name, text):
    with open(os.path.join(folder, name), "w") as file:
        file.write(text)
    return os.path.join(folder, name)


def run(manifest):
    command = [tool, "--batch", manifest, "--threads=1"]
    return subprocess.run(command, capture_output=True, text=True)


def entry(name, module, inputs):
    paths = {key: os.path.join(folder, f"{name}.{key}") for key in ("output", "status")}
    for stale in filter(os.path.exists, paths.values()):
        os.remove(stale)
    return dict(id=name, mlir=module, inputs=inputs, **paths)


x, w = os.path.join(folder, "x.npy"), os.path.join(folder, "w.npy")
numpy.save(x, numpy.ones((1, 1, 4), numpy.float32))
numpy.save(w, numpy.ones((1, 1, 3), numpy.float32))
scalar = write("scalar.mlir", "func.func @main(%x: f32) { return }")
garbage = write("garbage.mlir", "garbage")

# A case for each outcome, and one that must not suffer from them.
cases = [
    entry("good", layer, [x, w]),
    entry("error", layer, [w, w]),
    entry("garbage", garbage, []),
    entry("unsupported", scalar, []),
    entry("missing", os.path.join(folder, "missing.mlir"), []),
    entry("good_after", layer, [x, w]),
]
done = run(write("manifest.json", json.dumps({"cases": cases})))
failures = [f"expected status 0: {done.stderr}"] if done.returncode else []
for case in cases:
    good = case["id"].startswith("good")
    if os.path.exists(case["output"]) != good or os.path.exists(case["status"]) == good:
        failures.append(f"{case['id']}: expected {'a result' if good else 'a status'} alone")
        continue
    if good and numpy.load(case["output"]).tolist() != [[[1, 1, 2, 1, 2, 1, 2, 1, 1]]]:
        failures.append(f"{case['id']}: wrong numbers")
    if not good:
        with open(case["status"]) as file:
            lines = file.read().splitlines()
        kind = "unsupported: " if case["id"] == "unsupported" else "error: "
        if len(lines) != 1 or not lines[0].startswith(kind):
            failures.append(f"{case['id']}: expected one line '{kind}...', got {lines}")

# Manifests that cannot be used, and a status that cannot be written.
BAD = {
    "broken": '{"cases": [',
    "no_cases": "{}",
    "no_module": '{"cases": [{"id": "a", "inputs": [], "output": "y.npy", "status": "s"}]}',
    "unwritable": json.dumps({"cases": [dict(cases[1], status=os.path.join(folder, "no", "s"))]}),
}
for name, text in BAD.items():
    done = run(write(name + ".json", text))
    if done.returncode != 1 or "error: " not in done.stderr:
        failures.append(f"{name}: expected 1 and an error, got {done.returncode}: {done.stderr}")
if run(os.path.join(folder, "missing.json")).returncode != 1:
    failures.append("missing manifest: expected status 1")
sys.exit("\n".join(failures) or 0)
