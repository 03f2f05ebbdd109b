# REQUIRES: numpy
# RUN: env PYTHONPATH=%S/Inputs:%S %python -B %s --tool tconv-run --dir %t
# RUN: env PYTHONPATH=%S/Inputs:%S %python -B %s --tool tconv-run --dir %t.old \
# RUN:   --flag=--target-cpu=x86-64

"""Writes schedules with random fields on random small layers: each is refused, by a message
that says why it does not fit the layer, or gives numpy's numbers, bit for bit."""

import random
import sys

from kernels import DOTS, text
from random_layers import random_layer
from sweep import DYNAMIC, TYPES, options_parser, run_cases, shapes
from winograd import exact

REFUSED = "the schedule does not fit the layer: "


def schedule_of(draw, layer, dtype):
    """Fields that often fit, and sometimes do not."""
    family = draw.choice(["output_channels"] * 3 + ["width", "depthwise"] + ["winograd"] * 2)
    dot = draw.choice(DOTS[dtype]) if draw.random() < 0.9 else "int8_quads"
    innermost = [layer[name][-1] for name in ("dilation", "kernel", "stride")]
    fuses = layer["groups"] == 1 and innermost[0] == 1 and innermost[1] % innermost[2] == 0
    fused = layer["stride"][-1] if draw.random() < (0.7 if fuses else 0.05) else 1
    reduction = draw.choice([0, 0, draw.randint(1, 40), 1 << draw.randint(0, 20)])
    sizes = (1 << draw.randint(0, 5), draw.randint(1, 16), draw.randint(1, 6),
             draw.choice([1, draw.randint(1, 40), 1 << 30]), draw.choice([1, 3, 1 << 30]),
             0 if fused > 1 else reduction, draw.randint(1, 8))
    if family != "winograd":
        return text(dot, sizes, fused, family)
    if draw.random() < 0.9:
        dot, fused, sizes = "plain", 1, (*sizes[:5], 0, sizes[6])
    tile = draw.randint(1, 3)
    return text(dot, sizes, fused, family) + f", tile = {tile if exact(layer, tile) else 1}"


def cases(count, seed):
    draw = random.Random(seed)
    for number in range(count):
        layer, dtype = random_layer(draw), draw.choice(TYPES)
        while min(shapes(layer)["y"]) < 1:
            layer = random_layer(draw)
        layer["schedule"] = schedule_of(draw, layer, dtype)
        yield f"random-{number}", layer, dtype, DYNAMIC["static"], draw.choice(["", "w"])


def main():
    parser = options_parser(__doc__)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    failures = run_cases(options, cases(options.count, options.seed))
    wrong = [(case, reason) for case, reason in failures.items() if REFUSED not in (reason or "")
             and reason]
    ran = sum(reason is None for reason in failures.values())
    refused = len(failures) - ran - len(wrong)
    for case, reason in wrong:
        print(f"{case.name}: {reason}\n  repeat: {case.repro(options)}")
    print(f"{ran} of {len(failures)} schedules ran, {refused} were refused")
    # Both happen, or the schedules that are drawn test nothing.
    return 1 if wrong or ran < len(failures) / 4 or refused < len(failures) / 20 else 0


if __name__ == "__main__":
    sys.exit(main())
