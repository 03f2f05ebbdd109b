# REQUIRES: numpy
# RUN: env PYTHONPATH=%S/Inputs:%S %python -B %s --tool tconv-run --dir %t --part=0/2
# RUN: env PYTHONPATH=%S/Inputs:%S %python -B %s --tool tconv-run --dir %t.other --part=1/4 \
# RUN:   --flag=--target-cpu=x86-64-v2
# RUN: env PYTHONPATH=%S/Inputs:%S %python -B %s --tool tconv-run --dir %t.phases --part=1/8 \
# RUN:   --algorithm=phases
# RUN: env PYTHONPATH=%S/Inputs:%S %python -B %s --tool tconv-run --dir %t.zeros --part=3/8 \
# RUN:   --algorithm=zero-insertion
# RUN: env PYTHONPATH=%S/Inputs:%S %python -B %s --tool tconv-run --dir %t.gpu --part=5/16 \
# RUN:   --flag=--target=emulated

"""Runs layers of bytes with zero points and unsigned inputs, on every kernel and schedule that
kernels.py has for i8, and in the portable tier, with sizes that are static and not; compares with
numpy, bit for bit."""

import random
import sys

import kernels
import sweep

LARGEST = (127, 127, False), (-128, -128, False), (255, 127, True), (0, -128, True)


def cases(on_gpu):
    for number, (name, layer, dtype, dynamic, constant) in enumerate(kernels.cases()):
        if dtype != "i8":
            continue
        draw = random.Random(number)
        unsigned = draw.random() < 0.5
        zero = (draw.randint(0, 255) if unsigned else draw.randint(-128, 127),
                draw.choice([0, draw.randint(-128, 127)]), unsigned)
        if number % 5 == 0:
            zero = draw.choice(LARGEST)
        # Factors of 9 bits are beyond this instruction.
        if "int8_quads" in layer.get("schedule", ""):
            zero = (zero[0], 0, zero[2])
        layer = dict(layer, zero_points=zero)
        if on_gpu:
            layer.pop("schedule", None)
        if "schedule" not in layer and number % 4 == 1:
            dynamic, constant = sweep.DYNAMIC["dynamic"], ""
        yield name, layer, dtype, dynamic, constant


if __name__ == "__main__":
    options = sweep.parse_options(__doc__)
    sys.exit(sweep.run(options, cases(any("emulated" in flag for flag in options.flag))))
