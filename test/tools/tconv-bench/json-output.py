# RUN: %python %s tconv-bench %S/Inputs/layers.json %t

"""The shape of --json: what programs that compare layers read, and how numbers belong together."""

import json
import math
import os
import subprocess
import sys

tool, layers, folder = sys.argv[1:]
os.makedirs(folder, exist_ok=True)


def run(*arguments):
    command = [tool, *arguments, "--threads", "1", "--budget", "0"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def close(got, expected):
    assert math.isclose(got, expected, rel_tol=1e-4), (got, expected)


lines = [json.loads(line) for line in run("--layers", layers, "--json").splitlines()]
assert [line["name"] for line in lines] == ["wide", "one-channel"], lines
for line in lines:
    machine = line["machine"]
    assert 0 < line["ms"] <= line["med_ms"] and line["reps"] == 5, line
    assert line["compile_ms"] > 0 and line["pack_ms"] >= 0, line
    close(line["gflops"], line["flops_exact"] / line["ms"] * 1e-6)
    close(line["percent_of_peak"], 100 * line["gflops"] / machine["peak_gflops"])
    compute = line["flops_exact"] / machine["peak_gflops"] * 1e-6
    memory = line["bytes"] / machine["copy_gbs"] * 1e-6
    close(line["roofline_ms"], max(compute, memory))
    close(line["ratio"], line["ms"] / line["roofline_ms"])
    assert line["bound"] == ("memory" if memory > compute else "compute"), line
    assert 0 < machine["peak_gflops_before"] <= machine["peak_gflops"], line
    assert machine["threads"] == 1 and machine["cpu"] and machine["instructions"], line

wide, narrow = lines
assert wide["flops_exact"] == 25088 and wide["bytes"] == 6656, wide
assert wide["descriptor"] == "n1 ci8 co8 i4x4 k4x4 s2 p1 d1 op0 g1 cl f32", wide
# Few output channels: they do not fill a vector, positions do.
assert narrow["descriptor"] == "n2 ci3 co1 i5 k3 s3 p1 d2 op1 g1 b cf f32", narrow

# The descriptor repeats the measurement of the same layer; one object of a file, as well.
again = json.loads(run(wide["descriptor"], "--json").splitlines()[-1])
assert again["descriptor"] == wide["descriptor"], again
one = os.path.join(folder, "layer.json")
with open(layers) as source, open(one, "w") as file:
    json.dump(json.load(source)[1], file)
again = json.loads(run(one, "--json").splitlines()[-1])
assert (again["name"], again["descriptor"]) == ("one-channel", narrow["descriptor"]), again

# To a file, with the table on the standard output; and only some of the layers.
target = os.path.join(folder, "results.json")
table = run("--layers", layers, "--filter", "channel", "--json=" + target)
assert "one-channel" in table and "wide" not in table, table
with open(target) as file:
    assert [json.loads(line)["name"] for line in file] == ["one-channel"]
