"""Runs random layers of each type, rank and layout, and compares with numpy, bit for bit, as
sweep.py does. The numbers of a seed are the same everywhere."""

import random
import sys

from sweep import DYNAMIC, TYPES, complete, options_parser, run, shapes


def random_layer(source):
    """Of up to three dimensions, with groups, and with channels at the edges of vectors and tiles."""
    rank = source.choice([1, 2, 2, 2, 3])
    channels = [1, 2, 3, 4, 5, 7, 8, 12, 16, 17, 20, 24, 33]
    kind = source.choice(["plain", "plain", "plain", "groups", "depthwise"])
    layer = dict(cin=source.choice(channels), cout=source.choice(channels))
    if kind == "groups":
        groups = source.choice([2, 3, 4])
        layer = dict(groups=groups, cin=groups * source.choice([1, 2, 3, 8]),
                     cout=groups * source.choice([1, 2, 3, 8]))
    if kind == "depthwise":
        groups = source.choice([1, 3, 5, 8])
        layer = dict(groups=groups, cin=groups, cout=groups * source.choice([1, 1, 2]))
    pick = lambda first, last: [source.randint(first, last) for _ in range(rank)]
    layer.update(input=pick(1, {1: 24, 2: 7, 3: 4}[rank]), kernel=pick(1, 4), stride=pick(1, 3),
                 dilation=[source.choice([1, 1, 1, 2, 3]) for _ in range(rank)],
                 begin=pick(-1, 2), end=pick(-1, 2), batch=source.choice([1, 1, 2, 3]),
                 bias=source.random() < 0.5)
    return complete(layer, source.random() < 0.5)


def cases(seed, count):
    for dtype in TYPES:
        source = random.Random(f"{seed} {dtype}")
        number = 0
        while number < count:
            layer = random_layer(source)
            if min(shapes(layer)["y"]) < 1:
                continue
            number += 1
            yield f"random-{seed}-{number}-{dtype}", layer, dtype, DYNAMIC["static"], ""


if __name__ == "__main__":
    parser = options_parser(__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=10, help="layers of each type")
    options = parser.parse_args()
    sys.exit(run(options, cases(options.seed, options.count)))
