"""Runs the layers that other projects' tests have (layers.txt) on the CPU and on the emulated GPU, in
every mode of MODES, and compares all results with numpy: inputs are whole numbers, so that results
must be equal, bit for bit. Prints a line for each mode, and how to repeat what fails.

  PYTHONPATH=test/Execution:test/Execution/Inputs python3 test/Suites/Inputs/run.py --tool build/bin/tconv-run
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time

import sweep

HERE = os.path.dirname(os.path.abspath(__file__))
EMULATED = "--target=emulated"
MODES = {
    "cpu": [],
    "cpu phases": ["--algorithm=phases"],
    "cpu zero-insertion": ["--algorithm=zero-insertion"],
    "emulated early": [EMULATED, "--emulator=async-copies=early"],
    "emulated late": [EMULATED, "--emulator=async-copies=late,thread-order=reverse"],
    "emulated phases early": [EMULATED, "--algorithm=phases", "--emulator=async-copies=early"],
    "emulated phases late": [
        EMULATED, "--algorithm=phases", "--emulator=async-copies=late,thread-order=random"],
    "emulated zero-insertion late": [
        EMULATED, "--algorithm=zero-insertion", "--emulator=async-copies=late"],
}
SIZES = dict(i="input", k="kernel", s="stride", pb="begin", pe="end", d="dilation",
             op="output_padding")
COUNTS = dict(n="batch", ci="cin", co="cout", g="groups")


def parse(line):
    """A case for `sweep.Case`: name, layer, type, and which sizes are dynamic (none)."""
    name, words = line.split(": ")
    layer, rest = dict(bias=False), []
    for word in words.split():
        match = re.fullmatch(r"([a-z]+)(-?\d+(?:x-?\d+)*)", word)
        key, numbers = match.groups() if match else (word, "")
        if key in SIZES:
            layer[SIZES[key]] = [int(number) for number in numbers.split("x")]
        elif key in COUNTS:
            layer[COUNTS[key]] = int(numbers)
        elif key == "b":
            layer["bias"] = True
        else:
            rest.append(word)
    layout, dtype = rest
    dtype = dtype.replace("int8", "i8")
    layer["channels_last"] = layout == "cl"
    return name.replace("/", "-"), layer, dtype, sweep.DYNAMIC["static"]


def read_layers(only):
    with open(os.path.join(HERE, "layers.txt")) as file:
        lines = [line.strip() for line in file if not line.startswith("#")]
    return [parse(line) for line in lines if only in line]


def start(options, cases, manifest, flags):
    with open(manifest, "w") as file:
        json.dump({"cases": [case.manifest() for case in cases]}, file)
    command = [options.tool, "--batch", manifest, "--threads=1", *flags]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL)


def wait(options, jobs, cases, name):
    """Waits for all jobs, and says now and then how many cases have left a result."""
    begin = said = time.monotonic()
    while any(job.poll() is None for job in jobs):
        time.sleep(0.05)
        if time.monotonic() - said < options.progress:
            continue
        said = time.monotonic()
        done = sum(case.has_ended() for case in cases)
        print(f"  {name}: {done} of {len(cases)} after {said - begin:.0f} s", flush=True)


def run_mode(options, cases, name, flags):
    """Whether all cases pass in a mode: in batches, as many processes at once as there are jobs."""
    begin = time.monotonic()
    for case in cases:
        case.clean()
    path = lambda job: os.path.join(options.dir, f"manifest{job}.json")
    jobs = [start(options, cases[job::options.jobs], path(job), flags)
            for job in range(options.jobs)]
    wait(options, jobs, cases, name)
    died = [job.returncode for job in jobs if job.returncode < 0]
    failed = [(case, reason) for case in cases if (reason := case.failure())]
    repeat = argparse.Namespace(tool=options.tool, algorithm="auto", threads=1, flag=flags)
    for case, reason in failed:
        print(f"{case.name}: {reason}\n  repeat: {case.repro(repeat)}")
    for code in died:
        print(f"{options.tool} ended by signal {-code}")
    seconds = time.monotonic() - begin
    print(f"{name}: {len(cases) - len(failed)} of {len(cases)} passed in {seconds:.0f} s", flush=True)
    return not failed and not died


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--tool", required=True, help="tconv-run")
    parser.add_argument("--dir", default=None, help="keep the files here")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--progress", type=float, default=10,
                        help="seconds after which it says again how far it is")
    parser.add_argument("--filter", default="", help="only layers with this text in their line")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth of them")
    parser.add_argument("--mode", action="append", choices=MODES, help="instead of all")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        options.dir = options.dir or folder
        os.makedirs(options.dir, exist_ok=True)
        layers = read_layers(options.filter)[:: options.every]
        if not layers:
            sys.exit(f"no layer has '{options.filter}' in its line")
        print(f"{len(layers)} layers", flush=True)
        cases = [sweep.Case(options.dir, number, *layer) for number, layer in enumerate(layers)]
        results = [run_mode(options, cases, mode, MODES[mode]) for mode in options.mode or MODES]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
