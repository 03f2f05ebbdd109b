# REQUIRES: numpy
# RUN: %python %s tconv-run %t --algorithm=phases
# RUN: %python %s tconv-run %t --algorithm=zero-insertion

"""Sizes that contradict each other, known only at run time: each is an error that says
so, both where the driver sees it from the inputs and inside of a called function, where
compiled code has to."""

import json
import os
import subprocess
import sys

import numpy

DYNAMIC = "tensor<?x?x?xf32>"

# name: (shapes of x, w and perhaps the bias; attributes; result type; message)
CASES = {
    "fits": ([1, 2, 3], [2, 1, 2], [1], "", DYNAMIC, None),
    "no_input_channel": ([1, 0, 3], [0, 1, 2], None, "", DYNAMIC, "at least 1 input channel"),
    "no_output_channel": ([1, 1, 3], [1, 0, 2], None, "", DYNAMIC, "at least 1 output channel"),
    "empty_input": ([1, 1, 0], [1, 1, 2], None, "", DYNAMIC, "input size of at least 1"),
    "empty_filter": ([1, 1, 3], [1, 1, 0], None, "", DYNAMIC, "filter size of at least 1"),
    "channels_differ": ([1, 2, 3], [3, 1, 2], None, "", DYNAMIC, "as many input channels"),
    "groups_leave_a_rest": ([1, 3, 3], [3, 1, 2], None, "groups 2", DYNAMIC, "groups = 2 to"),
    "bias_too_long": ([1, 1, 3], [1, 1, 2], [2], "", DYNAMIC, "bias of groups * filter.dim(1)"),
    "bias_forgets_groups": ([1, 2, 3], [2, 1, 2], [1], "groups 2", DYNAMIC, "bias of groups"),
    "nothing_left": ([1, 1, 1], [1, 1, 2], None, "padding [1]", DYNAMIC, "output size of at"),
    "declared_batch": ([2, 1, 3], [1, 1, 2], None, "", "tensor<1x?x?xf32>", "batch of 1"),
    "declared_channels": ([1, 1, 3], [1, 2, 2], None, "", "tensor<?x1x?xf32>", "= 1 output"),
    "declared_size": ([1, 1, 3], [1, 1, 2], None, "", "tensor<?x?x5xf32>", "output size of 5"),
}


def module(bias, attributes, result, called):
    names = ["%x", "%w"] + ["%b"] * (bias is not None)
    types = [DYNAMIC, DYNAMIC] + ["tensor<?xf32>"] * (bias is not None)
    arguments = ", ".join(f"{name}: {type}" for name, type in zip(names, types))
    operands, operand_types = ", ".join(names), ", ".join(types)
    layer = f"""func.func @main({arguments}) -> {result} {{
  %y = tconv.conv_transpose {operands} {attributes} : ({operand_types}) -> {result}
  return %y : {result}
}}
"""
    if not called:
        return layer
    layer = layer.replace("@main", "private @layer")
    return f"""{layer}func.func @main({arguments}) -> {result} {{
  %y = func.call @layer({operands}) : ({operand_types}) -> {result}
  return %y : {result}
}}
"""


def write_case(folder, name, called, x, w, bias, attributes, result):
    """Writes a case's files, all beginning with its path, and gives its manifest entry."""
    path = os.path.join(folder, name + ("-called" if called else "-direct"))
    entry = dict(id=name, mlir=path + ".mlir", output=path + ".y.npy", status=path + ".status")
    for stale in (entry["output"], entry["status"]):
        if os.path.exists(stale):
            os.remove(stale)
    with open(entry["mlir"], "w") as file:
        file.write(module(bias, attributes, result, called))
    shapes = [shape for shape in (x, w, bias) if shape is not None]
    entry["inputs"] = [f"{path}.{number}.npy" for number in range(len(shapes))]
    for file, shape in zip(entry["inputs"], shapes):
        numpy.save(file, numpy.ones(shape, numpy.float32))
    return entry


def failure(entry, message):
    """How the outcome differs from the expected one, or nothing."""
    status = None
    if os.path.exists(entry["status"]):
        with open(entry["status"]) as file:
            status = file.read()
    if os.path.exists(entry["output"]) != (message is None):
        return f"expected {'a' if message is None else 'no'} result, got status {status}"
    if message is None and status is not None:
        return f"expected no status, got {status}"
    if message is not None and not status.startswith("error: "):
        return f"expected an error, got {status}"
    # Seen from the inputs, the message is the verifier's.
    if message is not None and entry["mlir"].endswith("-called.mlir") and message not in status:
        return f"expected '{message}', got {status}"
    return None


def main(tool, folder, *flags):
    os.makedirs(folder, exist_ok=True)
    entries = [
        (write_case(folder, name, called, *case[:-1]), case[-1])
        for name, case in CASES.items()
        for called in (False, True)
    ]
    manifest = os.path.join(folder, "manifest.json")
    with open(manifest, "w") as file:
        json.dump({"cases": [entry for entry, _ in entries]}, file)
    status = subprocess.run([tool, "--batch", manifest, *flags]).returncode
    failures = [(entry, failure(entry, message)) for entry, message in entries]
    for entry, reason in failures:
        if reason:
            inputs = " ".join(f"--input {path}" for path in entry["inputs"])
            print(f"{reason}\n  repeat: {tool} {entry['mlir']} {inputs} {' '.join(flags)}")
    return 1 if status or any(reason for _, reason in failures) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
