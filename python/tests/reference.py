"""The definition: each input element stamps the filter, scaled by it, onto the output."""

import itertools

import numpy

# The relative error of one rounding to a type.
ROUNDING = {"f64": 2.0**-53, "f32": 2.0**-24, "f16": 2.0**-11, "bf16": 2.0**-8}


def output_size(size, kernel, stride, padding, output_padding, dilation):
    return (size - 1) * stride - sum(padding) + dilation * (kernel - 1) + output_padding + 1


def conv_transpose(x, w, bias, stride, padding, output_padding, groups, dilation):
    """y[N, Co, O...] in float64 (or int64) of x[N, Ci, I...] and w[Ci, Co/groups, K...], with a tuple
    for each attribute and pairs for padding."""
    wide = numpy.int64 if x.dtype.kind == "i" else numpy.float64
    x, w = x.astype(wide), w.astype(wide)
    sizes = [
        output_size(*numbers)
        for numbers in zip(x.shape[2:], w.shape[2:], stride, padding, output_padding, dilation)
    ]
    channels = w.shape[1]
    per_group = x.shape[1] // groups
    y = numpy.zeros((x.shape[0], channels * groups, *sizes), wide)
    for position in itertools.product(*map(range, x.shape[2:])):
        for tap in itertools.product(*map(range, w.shape[2:])):
            target = tuple(
                i * s - begin + d * k
                for i, s, (begin, _), d, k in zip(position, stride, padding, dilation, tap)
            )
            if not all(0 <= o < size for o, size in zip(target, sizes)):
                continue
            for group in range(groups):
                inputs = slice(group * per_group, (group + 1) * per_group)
                outputs = slice(group * channels, (group + 1) * channels)
                stamp = x[(slice(None), inputs, *position)] @ w[(inputs, slice(None), *tap)]
                y[(slice(None), outputs, *target)] += stamp
    return y if bias is None else y + bias.astype(wide).reshape(-1, *[1] * len(sizes))


def bound(x, w, bias, element, *attributes):
    """How far rounding may take each number of a result from the definition's."""
    total = conv_transpose(abs(x), abs(w), None if bias is None else abs(bias), *attributes)
    terms = w.shape[0] * int(numpy.prod(w.shape[2:])) + 1
    sums = ROUNDING["f32"] if element in ("f16", "bf16") else ROUNDING[element]
    # The transforms of wide layers (docs/fast-tier.md) lose some bits more.
    return total * (terms * sums * 16 + 2 * ROUNDING[element])
