# REQUIRES: numpy
# RUN: env PYTHONPATH=%S/Inputs %python -B %s --tool tconv-run --dir %t
# RUN: env PYTHONPATH=%S/Inputs %python -B %s --tool tconv-run --dir %t.threads --threads 3

"""Runs kernels of transformed layers, forced on layers of every kind that has transforms, and
compares with numpy, bit for bit, as sweep.py does: with up to four products of a dimension all
numbers of the transforms are powers of two. Infinities and nans in x must reach the elements
that a tap connects them with, and no others."""

import itertools
import sys

from sweep import DYNAMIC, complete, parse_options, run

# Each at an edge of tiles, windows, lanes or classes of phases.
LAYERS = {
    "four_phases_of_a_class": dict(input=[7, 9], kernel=[4, 4], stride=2, begin=1, end=1, cin=20,
                                   cout=33, batch=2),
    "classes_of_two_and_one_tap": dict(input=[5, 8], kernel=[3, 3], stride=2, begin=1, end=1,
                                       output_padding=1, cin=17, cout=16),
    "classes_of_three_and_two_taps": dict(input=[6, 5], kernel=[5, 5], stride=2, begin=2, end=2,
                                          cin=8, cout=19),
    "two_strides": dict(input=[5, 4], kernel=[3, 6], stride=[1, 3], begin=[1, 2], end=[0, 1],
                        cin=9, cout=32),
    "no_taps_to_share": dict(input=[4, 5], kernel=[2, 3], stride=[2, 3], cin=8, cout=16),
    "stride_above_kernel": dict(input=[4, 3], kernel=[2, 4], stride=[3, 2], cin=8, cout=16),
    "dilation_divides_stride": dict(input=[5, 7], kernel=[4, 3], stride=[4, 2], dilation=2,
                                    begin=1, cin=8, cout=16),
    "window_above_input": dict(input=[1, 2], kernel=[4, 4], stride=2, begin=1, end=1, cin=16,
                               cout=16),
    "grown_borders": dict(input=[3, 3], kernel=[4, 4], stride=2, begin=-3, end=-2, cin=4, cout=16),
    "cropped_borders": dict(input=[6, 7], kernel=[6, 4], stride=[3, 2], begin=[5, 4], end=[4, 6],
                            cin=8, cout=9),
    "reads_nothing": dict(input=2, kernel=2, begin=-9, end=10, cin=9, cout=17),
    "stride_one": dict(input=[5, 6], kernel=[3, 3], begin=1, end=1, cin=6, cout=5),
    "groups": dict(input=[5, 5], kernel=[4, 4], stride=2, begin=1, groups=3, cin=27, cout=30),
    "one_channel": dict(input=[5, 5], kernel=[4, 4], stride=2, begin=1, cin=1, cout=1),
    "rank_1": dict(input=23, kernel=16, stride=8, begin=4, end=4, cin=24, cout=20, batch=3),
    "rank_3": dict(input=[2, 4, 3], kernel=[4, 4, 4], stride=2, begin=1, end=1, cin=7, cout=18),
    "rank_3_of_classes": dict(input=[3, 2, 4], kernel=[3, 1, 4], stride=[2, 1, 2], cin=5, cout=12),
    "rows_without_transform": dict(input=[4, 9], kernel=[7, 4], stride=[1, 2], cin=5, cout=16),
}
# vector_length, pixels, vectors, tiles of a chunk, blocks_per_task, unroll, prefetch
SIZES = [(16, 6, 4, 12, 2, 4, 0), (8, 4, 1, 5, 1, 3, 0), (16, 13, 2, 100, 1, 4, 0),
         (4, 1, 3, 3, 2, 1, 0), (1, 3, 2, 7, 40, 2, 0)]


def schedule(tile, sizes):
    length, pixels, vectors, chunk, per_task, unroll, prefetch = sizes
    return (f"family = winograd, dot = plain, vector_length = {length}, pixels = {pixels}, "
            f"vectors = {vectors}, fused_phases = 1, block_pixels = {chunk}, "
            f"blocks_per_task = {per_task}, reduction_block = 0, prefetch = {prefetch}, "
            f"unroll = {unroll}, tile = {tile}")


def exact(layer, tile):
    """Whether no dimension takes more than four products."""
    taps = (-(-k // (s // d if s % d == 0 else s)) for k, s, d in
            zip(layer["kernel"], layer["stride"], layer["dilation"]))
    return all(n == 1 or n + tile - 1 <= 4 or n + tile - 1 > 6 for n in taps)


def cases():
    turn = itertools.count()
    for name, tile in itertools.product(LAYERS, (1, 2, 3)):
        for last in (True, False):
            number = next(turn)
            layer = complete(dict(LAYERS[name], bias=number % 3 == 0), last)
            if not exact(layer, tile):
                continue
            kind = "static"
            if number % 3 == 1:
                kind, layer["batch"] = "batch", number % 4
            elif number % 3 == 2:
                kind = "images"
            layer["schedule"] = schedule(tile, SIZES[number % len(SIZES)])
            dtype = ("f32", "f16", "f32", "bf16", "f64")[number % 5]
            # bf16 is compared by its bits, and nans have several.
            layer["nonfinite"] = number % 2 == 0 and layer["batch"] > 0 and dtype != "bf16"
            constant = "w" if number % 4 == 1 else ""
            yield f"{name}-{tile}-{number}-{dtype}", layer, dtype, DYNAMIC[kind], constant


if __name__ == "__main__":
    sys.exit(run(parse_options(__doc__), cases()))
