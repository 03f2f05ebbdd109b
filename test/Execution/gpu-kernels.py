# REQUIRES: numpy
# RUN: env PYTHONPATH=%S/Inputs:%S %python -B %s --tool tconv-run --dir %t --flag=--target=emulated \
# RUN:     --part=0/2
# RUN: env PYTHONPATH=%S/Inputs:%S %python -B %s --tool tconv-run --dir %t --flag=--target=emulated \
# RUN:     --flag=--emulator=async-copies=late,thread-order=reverse --part=1/2

"""Runs the GPU kernels of the fast tier at their edges on the emulator, as they are scheduled
and by schedules that are forced on a few layers, and compares with numpy, bit for bit, as
sweep.py does. Each schedule is on several layers, so that each of the two orders of the emulator
sees every schedule of every type on half of them."""

import itertools
import sys

from kernels import LAYERS
from sweep import DYNAMIC, TYPES, complete, parse_options, run

# Each at an edge of the tiles, of copies of 4, 8 and 16 bytes, or of the vectors that are stored.
SCHEDULED = {
    "borders": dict(input=[5, 7], kernel=[4, 4], stride=2, begin=1, end=1, cin=16, cout=24,
                    bias=True),
    "ragged": dict(input=[6, 5], kernel=[3, 4], stride=[2, 3], begin=[1, 2], cin=19, cout=13,
                   bias=True, batch=2),
    "pairs": dict(input=[3, 4], kernel=[3, 3], stride=2, begin=1, cin=10, cout=18),
    "groups": dict(input=[4, 5], kernel=[2, 3], stride=[2, 1], groups=2, cin=24, cout=40,
                   bias=True),
    "phases_without_taps": dict(input=[4, 3], kernel=2, stride=3, dilation=1, cin=8, cout=8,
                                bias=True),
    "rank_1": dict(input=40, kernel=7, stride=3, begin=2, cin=32, cout=5),
    "rank_3": dict(input=[2, 3, 4], kernel=[3, 2, 2], stride=[2, 1, 2], begin=[1, 0, 0], cin=8,
                   cout=16, batch=2),
    # Tiles leave out taps that none of their pixels needs.
    "one_pixel": dict(input=[1, 1], kernel=[4, 4], cin=24, cout=16, batch=5, bias=True),
    "far_taps": dict(input=[2, 3], kernel=[5, 4], stride=[2, 1], dilation=[3, 2], begin=[3, 0],
                     end=[1, -2], cin=40, cout=8, batch=3),
    "small_rank_3": dict(input=[2, 1, 2], kernel=[3, 3, 2], stride=[1, 2, 1], begin=[0, 1, 0],
                         cin=8, cout=10, batch=17),
    # A tile of x has fewer chunks than a block has threads.
    "few_chunks": dict(input=[4, 4], kernel=[1, 1], cin=64, cout=66, bias=True),
}
# Channels of a thread: as many as input channels, twice and four times as many, half of them.
DEPTHWISE = {
    "depthwise": dict(input=[4, 5], kernel=[3, 3], stride=2, begin=1, groups=16, cin=16, cout=16,
                      bias=True),
    "depthwise_2": dict(input=[3, 4], kernel=[4, 2], stride=[2, 1], groups=12, cin=12, cout=24,
                        batch=2),
    "depthwise_4": dict(input=9, kernel=4, stride=3, groups=6, cin=6, cout=24, bias=True),
}
CHANNELS = {"f32": [1, 2, 4], "f64": [1, 2], "f16": [2, 4, 8], "bf16": [8], "i8": [2, 4]}
MATH = {"f32": ["fma", "tf32"], "f64": ["fma"], "f16": ["f16", "fma"], "bf16": ["bf16", "fma"],
        "i8": ["i8", "fma"]}
BYTES = {"f32": 4, "f64": 8, "f16": 2, "bf16": 2, "i8": 1}
# block_m, block_n, bytes of block_k, stages, warps_m, warps_n, split_k, raster
SIZES = [(64, 32, 32, 2, 2, 2, 1, 8), (32, 8, 64, 3, 2, 1, 2, 1), (16, 64, 128, 4, 1, 2, 1, 3),
         (128, 16, 32, 5, 2, 2, 3, 2), (48, 24, 64, 2, 1, 3, 1, 2), (64, 64, 256, 2, 1, 1, 1, 4)]


def text(dtype, math, sizes, pixel_by_pixel):
    m, n, row, stages, warps_m, warps_n, split, raster = sizes
    kernel = "simt" if math == "fma" else "mma"
    return (f"kernel = {kernel}, math = {math}, block_m = {m}, block_n = {n}, "
            f"block_k = {row // BYTES[dtype]}, stages = {stages}, warps_m = {warps_m}, "
            f"warps_n = {warps_n}, split_k = {split}, raster = {raster}"
            + (", order = pixel_by_pixel" if pixel_by_pixel else ""))


def cases():
    """Every layer in every type, and every schedule of a few layers."""
    for (number, name), (kind, dtype) in itertools.product(enumerate(LAYERS), enumerate(TYPES)):
        if (number + kind) % 2 and dtype in ("f64", "bf16"):
            continue
        layer = complete(LAYERS[name], (number + kind) % 2 == 0)
        constant = "w" if (number + kind) % 5 == 0 else ""
        yield f"{name}-{dtype}", layer, dtype, DYNAMIC["static"], constant
    for name, dtype in itertools.product(DEPTHWISE, TYPES):
        for channels in CHANNELS[dtype]:
            layer = complete(DEPTHWISE[name], True)
            layer["gpu_schedule"] = (
                f"kernel = depthwise, math = fma, block_m = 1, block_n = {channels}, block_k = 1, "
                "stages = 2, warps_m = 1, warps_n = 1, split_k = 1, raster = 1")
            yield f"{name}-{channels}-{dtype}", layer, dtype, DYNAMIC["static"], ""
    turn = itertools.count()
    for name, dtype in itertools.product(SCHEDULED, TYPES):
        for math, (number, sizes) in itertools.product(MATH[dtype], enumerate(SIZES)):
            if dtype in ("f64", "bf16") and (number + len(name)) % 2:
                continue
            number_of_case = next(turn)
            layer = complete(SCHEDULED[name], number_of_case % 3 != 0)
            layer["gpu_schedule"] = text(dtype, math, sizes, number_of_case % 2 == 1)
            yield f"{name}-{math}-{number}-{dtype}", layer, dtype, DYNAMIC["static"], ""


if __name__ == "__main__":
    sys.exit(run(parse_options(__doc__), cases()))
