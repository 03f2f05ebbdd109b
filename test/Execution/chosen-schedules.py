# REQUIRES: numpy, x86_64
# RUN: env PYTHONPATH=%S/Inputs:%S %python -B %s --tool tconv-run --dir %t

"""Compiles random layers of up to 2048 channels, as their schedules are chosen, for every
processor that the cost model knows. Those that this machine can run are run and compared
with numpy, bit for bit."""

import argparse
import os
import random
import subprocess
import sys

import oracle
from sweep import DYNAMIC, TYPES, complete, options_parser, run_cases

# The cores of lib/Schedule/TargetCpu.cpp, and levels of features without a core.
PROCESSORS = """x86-64 x86-64-v3 x86-64-v4 haswell broadwell skylake znver3 skylake-avx512
    cascadelake cooperlake icelake-server sapphirerapids emeraldrapids graniterapids znver5
    icelake-client tigerlake rocketlake znver4""".split()
LACKS = "expected a processor with the instructions of"


def size(draw, last):
    """Small numbers are as likely as large ones, and powers of two as others."""
    number = int(2 ** draw.uniform(0, last.bit_length() - 1))
    return draw.choice([number, 1 << (number.bit_length() - 1), min(number + 1, last)])


def layer_of(draw):
    """With images so small that numpy takes no time."""
    while True:
        rank = draw.choice([1, 2, 2, 3])
        groups = draw.choice([1, 1, 1, size(draw, 32)])
        depthwise = draw.random() < 0.15
        cin, cout = (groups * size(draw, 2048 // groups) for _ in range(2))
        numbers = lambda last: [draw.randint(1, last) for _ in range(rank)]
        layer = complete(
            dict(input=numbers([64, 9, 4][rank - 1]), kernel=numbers([16, 5, 3][rank - 1]),
                 stride=numbers(4), begin=[draw.randint(0, 1) for _ in range(rank)], end=[0] * rank,
                 dilation=[1] * rank, output_padding=[0] * rank, batch=draw.choice([1, 1, 3]),
                 cin=cin, cout=cin if depthwise else cout, groups=cin if depthwise else groups,
                 bias=draw.random() < 0.3), draw.random() < 0.5)
        steps = 1
        for taps, positions in zip(layer["kernel"], layer["input"]):
            steps *= taps * positions
        weights = layer["cin"] * layer["cout"] // layer["groups"]
        if (min(oracle.output_sizes(layer)) >= 1 and steps <= 1000
                and weights * steps * layer["batch"] <= 1 << 26 and weights <= 1 << 20):
            return layer


def cases(count, seed):
    draw = random.Random(seed)
    for number in range(count):
        yield (f"layer-{number}", layer_of(draw), draw.choice(TYPES), DYNAMIC["static"],
               draw.choice(["", "w"]) if number == 0 else "")


def compiles(tool, case, processor):
    """What the code generator of a processor that is not here says of a case, or nothing."""
    command = [os.path.join(os.path.dirname(tool), "tconv-compile"), case.module,
               f"--target-cpu={processor}", "-o", case.module + ".o"]
    done = subprocess.run(command, capture_output=True, text=True)
    return done.stderr.strip() or f"status {done.returncode}" if done.returncode else None


def main():
    parser = options_parser(__doc__)
    parser.add_argument("--count", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    failed, ran = False, 0
    for number, processor in enumerate(PROCESSORS):
        flags = argparse.Namespace(**{**vars(options), "dir": os.path.join(options.dir, processor),
                                      "flag": [f"--target-cpu={processor}", *options.flag]})
        for case, reason in run_cases(flags, cases(options.count, options.seed + number)).items():
            ran += reason is None
            if reason and LACKS in reason:
                reason = compiles(options.tool, case, processor)
            if reason:
                failed = True
                print(f"{processor} {case.name}: {reason}\n  repeat: {case.repro(flags)}")
    print(f"{ran} of {options.count * len(PROCESSORS)} layers ran, the others were compiled")
    return 1 if failed or not ran else 0


if __name__ == "__main__":
    sys.exit(main())
