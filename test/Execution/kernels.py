# REQUIRES: numpy
# RUN: env PYTHONPATH=%S/Inputs %python -B %s --tool tconv-run --dir %t

"""Runs kernels of the fast tier at their edges, as they are scheduled and by schedules that
are forced on a few layers, and compares with numpy, bit for bit, as sweep.py does."""

import itertools
import sys

from sweep import DYNAMIC, TYPES, complete, parse_options, run

# Each at an edge of the register tiles, or of the squares that layouts are transposed in.
LAYERS = {
    "one_pixel": dict(input=[1, 1], kernel=[4, 4], stride=2, begin=1, end=1, cin=24, cout=16),
    "one_channel": dict(input=[9, 5], kernel=[3, 3], stride=2, begin=1, cin=1, cout=1, bias=True),
    "width_below_a_vector": dict(input=[6, 3], kernel=[3, 2], stride=[1, 2], cin=8, cout=8),
    "three_pixels_of_many_channels": dict(input=[3, 1], kernel=[2, 2], stride=2, cin=40, cout=24),
    "tails_everywhere": dict(input=[7, 11], kernel=[5, 3], stride=[2, 3], begin=[2, 1],
                             cin=11, cout=19, bias=True),
    "few_output_channels": dict(input=[5, 9], kernel=[4, 4], stride=2, begin=1, end=1,
                                cin=17, cout=3, bias=True),
    "few_input_channels": dict(input=[6, 10], kernel=[4, 4], stride=2, begin=1, end=1,
                               cin=3, cout=20),
    "more_lanes_than_a_block": dict(input=[3, 4], kernel=[2, 2], stride=2, cin=6, cout=70),
    "many_taps": dict(input=20, kernel=37, stride=2, begin=3, cin=5, cout=16),
    "more_taps_than_squares": dict(input=3, kernel=45, stride=3, begin=7, end=9, cin=4, cout=24),
    "seven_taps": dict(input=8, kernel=7, stride=7, cin=9, cout=8, batch=2),
    "dilated": dict(input=[6, 7], kernel=[3, 3], dilation=[2, 3], begin=2, cin=8, cout=12),
    "gcd_above_one": dict(input=[5, 4], kernel=[3, 4], stride=4, dilation=2, bias=True,
                          cin=5, cout=18),
    "gcd_above_one_no_bias": dict(input=[4, 4], kernel=2, stride=6, dilation=4, cin=8, cout=8),
    "groups": dict(input=[5, 5], kernel=[3, 3], stride=2, groups=3, cin=27, cout=30, bias=True),
    "groups_of_whole_squares": dict(input=[4, 6], kernel=[4, 2], stride=2, groups=2, cin=16,
                                    cout=32),
    "depthwise": dict(input=[7, 5], kernel=[4, 4], stride=2, begin=1, groups=21, cin=21, cout=21),
    "depthwise_with_multiplier": dict(input=[5, 6], kernel=3, stride=2, groups=6, cin=6, cout=12,
                                      bias=True),
    "output_padding": dict(input=[4, 5], kernel=3, stride=[2, 3], begin=1, end=1,
                           output_padding=1, cin=9, cout=16, batch=2),
    "cropped_borders": dict(input=[6, 7], kernel=[6, 4], stride=[3, 2], begin=[5, 4], end=[4, 6],
                            cin=8, cout=9, bias=True),
    "grown_borders": dict(input=[3, 3], kernel=3, stride=2, begin=-3, end=-2, cin=4, cout=16,
                          bias=True),
    "reads_nothing": dict(input=2, kernel=2, begin=-9, end=10, cin=9, cout=17, bias=True),
    "batch_of_five": dict(input=[4, 3], kernel=[2, 2], stride=2, batch=5, cin=9, cout=10),
    "more_pixels_than_a_task": dict(input=[40, 110], kernel=1, stride=1, cin=3, cout=5),
    "more_channels_than_a_task": dict(input=[3, 7], kernel=1, stride=1, cin=70, cout=133),
    "rank_1": dict(input=37, kernel=4, stride=2, begin=1, end=1, cin=12, cout=13),
    "rank_3": dict(input=[2, 4, 3], kernel=[3, 2, 4], stride=[2, 1, 2], begin=[1, 0, 1],
                   cin=7, cout=10, bias=True),
}

SCHEDULED = {
    "borders": dict(input=[5, 7], kernel=[4, 4], stride=2, begin=1, end=1, cin=9, cout=19,
                    bias=True),
    "one_row": dict(input=13, kernel=6, stride=3, begin=4, end=-2, cin=8, cout=6, batch=2),
    "odd_taps": dict(input=[4, 5], kernel=[3, 5], stride=2, begin=[2, 0], cin=6, cout=17),
}
DOTS = {"f32": ["plain"], "f64": ["plain"], "f16": ["plain"], "bf16": ["plain", "bf16_pairs"],
        "i8": ["plain", "int16_pairs", "int8_quads"]}
# vector_length, pixels, vectors, block_pixels, blocks_per_task, reduction_block, unroll
SIZES = [(8, 6, 2, 96, 1, 0, 4), (4, 1, 1, 1, 2, 3, 1), (16, 3, 1, 7, 1, 5, 2),
         (2, 5, 3, 10, 3, 0, 16), (1, 2, 4, 1000, 1, 4, 3), (8, 13, 1, 30, 2, 16, 4),
         # Those of AVX-512, whatever the processor at hand has.
         (16, 6, 4, 96, 1, 16, 4), (16, 9, 3, 40, 2, 0, 4), (16, 14, 2, 56, 1, 8, 4)]
# The same for the other families, of layers they take.
OTHER_FAMILIES = {
    "width": (dict(input=[3, 37], kernel=[4, 4], stride=2, begin=1, end=1, cin=5, cout=3,
                   bias=True), ["f32", "f16", "bf16"], False, [(16, 3, 2), (16, 1, 6), (16, 2, 4)]),
    "depthwise": (dict(input=[5, 9], kernel=[3, 4], stride=2, begin=1, groups=37, cin=37, cout=37),
                  TYPES, True, [(16, 7, 2), (16, 14, 1)]),
}


def text(dot, sizes, fused=1, family="output_channels"):
    length, pixels, vectors, block, per_task, reduction, unroll = sizes
    return (f"family = {family}, dot = {dot}, vector_length = {length}, pixels = {pixels}, "
            f"vectors = {vectors}, fused_phases = {fused}, block_pixels = {block}, "
            f"blocks_per_task = {per_task}, reduction_block = {reduction}, "
            f"prefetch = {min(reduction, 1)}, unroll = {unroll}")


def scheduled(layer, dot, sizes):
    """The schedule that sizes make, as far as the layer allows them."""
    stride = layer["stride"][-1]
    fuses = sizes[0] % 8 == 0 and layer["kernel"][-1] % stride == 0
    if fuses:
        sizes = (*sizes[:5], 0, sizes[6])
    return dict(layer, schedule=text(dot, sizes, stride if fuses else 1))


def cases():
    """All of them, and each with a dynamic batch, or a dynamic batch and dynamic spatial sizes."""
    for number, (name, layer, dtype, constant) in enumerate(static_cases()):
        yield name, layer, dtype, DYNAMIC["static"], constant
        if number % 3 == 0:
            layer = dict(layer, batch=number // 3 % 4)
            yield f"{name}-batch", layer, dtype, DYNAMIC["batch"], constant
        elif not name.startswith("width"):
            yield f"{name}-images", layer, dtype, DYNAMIC["images"], constant


def static_cases():
    """Every layer in every type, and every schedule of a few layers."""
    for (number, name), (kind, dtype) in itertools.product(enumerate(LAYERS), enumerate(TYPES)):
        if dtype in ("f64", "f16") and number % 3:
            continue
        layer = complete(LAYERS[name], (number + kind) % 2 == 0)
        constant = "w" if (number + kind) % 5 == 0 else ""
        yield f"{name}-{dtype}", layer, dtype, constant
    turn = itertools.count()
    for name, dtype in itertools.product(SCHEDULED, TYPES):
        for dot, (number, sizes) in itertools.product(DOTS[dtype], enumerate(SIZES)):
            if dtype in ("f64", "f16", "bf16") and (number + len(dtype)) % 3:
                continue
            layer = complete(SCHEDULED[name], next(turn) % 2 == 0)
            constant = "w" if number % 2 else ""
            yield (f"{name}-{dot}-{number}-{dtype}", scheduled(layer, dot, sizes), dtype,
                   constant)
    for family, (layer, types, last, tiles) in OTHER_FAMILIES.items():
        for dtype, (number, tile) in itertools.product(types, enumerate(tiles)):
            schedule = text("plain", (*tile, 64, 1, 0, 4), family=family)
            yield (f"{family}-{number}-{dtype}", dict(complete(layer, last), schedule=schedule),
                   dtype, "")


if __name__ == "__main__":
    sys.exit(run(parse_options(__doc__), cases()))
