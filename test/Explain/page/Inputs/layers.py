"""Layers for tests of the page, what they compute, and parts of them."""

import itertools
import math
import random

NON_FINITE = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


def dim(input, kernel, stride=1, padding=0, padding_end=None, dilation=1, output_padding=0):
    return {
        "input": input,
        "kernel": kernel,
        "stride": stride,
        "paddingBegin": padding,
        "paddingEnd": padding if padding_end is None else padding_end,
        "dilation": dilation,
        "outputPadding": output_padding,
    }


def layer(
    dims,
    x=None,
    w=None,
    batch=1,
    ci=1,
    co=1,
    groups=1,
    bias=None,
    title="layer.mlir",
    omitted=None,
    at=None,
    held=None,
):
    count_x = batch * ci * math.prod(d["input"] for d in dims)
    count_w = ci * co // groups * math.prod(d["kernel"] for d in dims)
    made = {
        "dims": dims,
        "batch": batch,
        "inputChannels": ci,
        "outputChannels": co,
        "groups": groups,
        "x": x or [1] * count_x,
        "w": w or list(range(1, count_w + 1)),
        "bias": bias,
        "title": title,
        "omitted": omitted,
        "held": held,
    }
    return {**made, "at": at} if at else made


def small(stride, padding):
    return layer([dim(2, 2, stride, padding)] * 2, [2, 4, 0, 1], [3, 1, 1, 5])


LAYERS = {
    "question": layer([dim(4, 4, 2, 1)] * 2, title="question.mlir"),
    **{f"small-{s}-{p}": small(s, p) for s, p in [(1, 0), (1, 1), (2, 0), (2, 1), (2, 2)]},
    "line": layer([dim(5, 3, 2, 1)], [1.5, -2, 3, 0.25, 4], [1, -2, 0.5], at=[3]),
    "volume": layer([dim(3, 3, 2, 1)] * 3, at=[1, 1, 1]),
    "groups": layer(
        [dim(3, 3, 2, 1, output_padding=1)] * 2,
        [(i * 7 % 11 - 5) / 2 for i in range(72)],
        [(i * 5 % 7 - 3) / 4 for i in range(108)],
        batch=2,
        ci=4,
        co=6,
        groups=2,
        bias=[0.5, -1, 2, 0, 1, 3],
        at=[3, 3],
    ),
    "holes": layer([dim(3, 3, 4, 1, dilation=2)] * 2, bias=[0.5], at=[1, 3]),
    "big": layer(
        [dim(24, 4, 2, 1)] * 2,
        omitted="x is 1 × 64 × 128 × 128; the first 24 × 24 of channel 0 are here",
        at=[20, 21],
    ),
    # What tconv-explain writes of 'i256x256 k4 s2 p1' at 500,500.
    "part": layer(
        [dim(256, 4, 2, 1)] * 2,
        x=[1] * 900,
        title="i256x256 k4 s2 p1",
        at=[0, 0, 500, 500],
        held={
            **{name: {"lo": 0, "hi": 1} for name in ["batch", "inputChannels", "outputChannels"]},
            "input": [{"lo": 226, "hi": 256}, {"lo": 226, "hi": 256}],
            "kernel": [{"lo": 0, "hi": 4}, {"lo": 0, "hi": 4}],
        },
    ),
    "channels": layer(
        [dim(3, 3, 2, 1)] * 2,
        x=[1] * 9,
        w=[2] * 9,
        batch=2,
        ci=8,
        co=4,
        groups=2,
        bias=[0.5],
        at=[1, 3, 2, 2],
        held={
            "batch": {"lo": 1, "hi": 2},
            "inputChannels": {"lo": 4, "hi": 5},
            "outputChannels": {"lo": 3, "hi": 4},
            "input": [{"lo": 0, "hi": 3}] * 2,
            "kernel": [{"lo": 0, "hi": 3}] * 2,
        },
    ),
    "huge": layer([dim(200, 9, 2, 1)] * 2),
    "fault": layer([dim(4, 4, 2, 1, output_padding=2)] * 2),
    "markup": layer([dim(2, 2)], title="</script><b>title", omitted="<img src=x onerror=alert(1)>"),
}


def output_size(d):
    return (
        (d["input"] - 1) * d["stride"]
        - d["paddingBegin"]
        - d["paddingEnd"]
        + d["dilation"] * (d["kernel"] - 1)
        + d["outputPadding"]
        + 1
    )


def scatter(made):
    """The definition once more: y as {(n, co, *o): value} and what each element is made of."""
    dims, groups = made["dims"], made["groups"]
    n_ci, n_co = made["inputChannels"], made["outputChannels"]
    number = lambda value: NON_FINITE.get(value, value)  # noqa: E731
    sizes = [output_size(d) for d in dims]
    y, parts = {}, {}
    for index in itertools.product(range(made["batch"]), range(n_co), *map(range, sizes)):
        y[index] = number(made["bias"][index[1]]) if made["bias"] else 0
        parts[index] = []
    inputs = list(itertools.product(*(range(d["input"]) for d in dims)))
    taps = list(itertools.product(*(range(d["kernel"]) for d in dims)))
    per_group = n_co // groups
    for n, ci in itertools.product(range(made["batch"]), range(n_ci)):
        for (at_i, i), (at_k, k), local in itertools.product(
            enumerate(inputs), enumerate(taps), range(per_group)
        ):
            o = tuple(
                e * d["stride"] - d["paddingBegin"] + t * d["dilation"]
                for e, t, d in zip(i, k, dims)
            )
            index = (n, ci // (n_ci // groups) * per_group + local, *o)
            if index in y:
                x = number(made["x"][(n * n_ci + ci) * len(inputs) + at_i])
                w = number(made["w"][(ci * per_group + local) * len(taps) + at_k])
                y[index] += x * w
                parts[index].append([n, ci, list(i), list(k)])
    return [made["batch"], n_co, *sizes], y, parts


def random_layer(rng):
    while True:
        rank, groups = rng.choice([1, 1, 2, 2, 3]), rng.choice([1, 1, 2])
        dims = []
        for _ in range(rank):
            stride, dilation = rng.randint(1, 4), rng.randint(1, 4)
            dims.append(
                dim(
                    rng.randint(1, 4),
                    rng.randint(1, 4 if rank < 3 else 3),
                    stride,
                    rng.randint(-1, 3),
                    rng.randint(-1, 3),
                    dilation,
                    rng.randrange(max(stride, dilation)),
                )
            )
        if min(map(output_size, dims)) < 1:
            continue
        made = layer(
            dims,
            batch=rng.randint(1, 2),
            ci=groups * rng.randint(1, 2),
            co=groups * rng.randint(1, 2),
            groups=groups,
        )
        value = lambda: (
            rng.choice(["nan", "inf", "-inf"]) if rng.random() < 0.01 else rng.randint(-16, 16) / 4
        )  # noqa: E731
        made["x"], made["w"] = ([value() for _ in made[name]] for name in "xw")
        made["bias"] = rng.choice([None, [value() for _ in range(made["outputChannels"])]])
        return made


def cut(rng, made):
    """A part of a layer as the page holds it, or all of it: the same with less of x, w and bias."""

    def some(size):
        if rng.random() < 0.5:
            return range(size)
        lo = rng.randrange(size)
        return range(lo, rng.randint(lo + 1, size))

    dims, per_group = made["dims"], made["outputChannels"] // made["groups"]
    held = {name: some(made[name]) for name in ["batch", "inputChannels"]}
    channel = rng.randrange(made["outputChannels"])
    held["outputChannels"] = rng.choice(
        [range(made["outputChannels"]), range(channel, channel + 1)]
    )
    one = len(held["outputChannels"]) < per_group
    outputs = [channel % per_group] if one else list(range(per_group))
    inputs, kernels = [some(d["input"]) for d in dims], [some(d["kernel"]) for d in dims]
    x_shape = [made["batch"], made["inputChannels"], *(d["input"] for d in dims)]
    w_shape = [made["inputChannels"], per_group, *(d["kernel"] for d in dims)]

    def flat(index, shape):
        place = 0
        for entry, size in zip(index, shape):
            place = place * size + entry
        return place

    x_index = itertools.product(held["batch"], held["inputChannels"], *inputs)
    w_index = itertools.product(held["inputChannels"], outputs, *kernels)
    pair = lambda r: {"lo": r.start, "hi": r.stop}  # noqa: E731
    bias = made["bias"] and [made["bias"][co] for co in held["outputChannels"]]
    ranges = {name: pair(r) for name, r in held.items()}
    ranges.update(input=[pair(r) for r in inputs], kernel=[pair(r) for r in kernels])
    part = {
        "held": ranges,
        "x": [made["x"][flat(index, x_shape)] for index in x_index],
        "w": [made["w"][flat(index, w_shape)] for index in w_index],
        "bias": bias,
    }
    return {**made, **part}, held, inputs, kernels
