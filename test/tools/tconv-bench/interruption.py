# RUN: %python %s tconv-bench %t

"""Layers that are measured when a list is interrupted are in the file of --json."""

import json
import os
import signal
import subprocess
import sys

tool, folder = sys.argv[1:]
os.makedirs(folder, exist_ok=True)
path = os.path.join(folder, "lines.json")
layers = os.path.join(folder, "layers.txt")
with open(layers, "w") as file:
    file.write("quick: i4 k2\nbroken: ci1000000 co1000000 i4 k2\nanother: i5 k2\n")
# Each layer takes 2 s, so that there is time for the signal before the list ends.
command = [tool, "--layers", layers, "--threads", "1", "--budget", "2", "--json=" + path]
process = subprocess.Popen(
    command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
    # Who runs the tests in the background may ignore the signal.
    preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
)  # fmt: skip
for line in process.stderr:
    if "[2/3]" in line:  # printed whole, when the second layer has failed
        process.send_signal(signal.SIGINT)
        break
process.stderr.read()
assert process.wait(60) == -signal.SIGINT, process.returncode
with open(path) as file:
    lines = [json.loads(line) for line in file]
assert [line["name"] for line in lines] == ["quick", "broken"], lines
assert lines[0]["ms"] > 0 and "error" in lines[1], lines
