"""Transposed convolution by the definition, with numpy: for tests to compare with."""

import itertools

import numpy

INTEGERS = {"i8": numpy.int8, "i32": numpy.int32}
FLOATS = {"f64": numpy.float64, "f32": numpy.float32, "f16": numpy.float16}


def result_type(dtype):
    return "i32" if dtype == "i8" else dtype


def output_size(i, k, s, pb, pe, d, op):
    return (i - 1) * s - pb - pe + d * (k - 1) + op + 1


def output_sizes(layer):
    names = ("input", "kernel", "stride", "begin", "end", "dilation", "output_padding")
    return [output_size(*numbers) for numbers in zip(*(layer[name] for name in names))]


def scatter(x, w, b, layer):
    """Every element of x stamps a copy of w onto y; exact for small whole numbers."""
    x, w = x.astype(numpy.float64), w.astype(numpy.float64)
    if "zero_points" in layer:
        input_zero, filter_zero, unsigned = layer["zero_points"]
        x = numpy.where(unsigned & (x < 0), x + 256, x) - input_zero
        w = w - filter_zero
    if layer["channels_last"]:
        x = numpy.moveaxis(x, -1, 1)
    groups, per_group = layer["groups"], w.shape[1]
    sizes = output_sizes(layer)
    y = numpy.zeros([x.shape[0], groups * per_group] + sizes)
    if b is not None:
        y += b.reshape([1, -1] + [1] * len(sizes))
    for i in itertools.product(*map(range, x.shape[2:])):
        for k in itertools.product(*map(range, w.shape[2:])):
            o = [
                i * s - pb + k * d
                for i, k, s, pb, d in zip(i, k, layer["stride"], layer["begin"], layer["dilation"])
            ]
            if all(0 <= at < size for at, size in zip(o, sizes)):
                stamp(x[(..., *i)], w[(..., *k)], y[(..., *o)], groups)
    return numpy.moveaxis(y, 1, -1) if layer["channels_last"] else y


def stamp(x, w, y, groups):
    """Adds to y[n, co] the sum over the input channels ci of co's group."""
    cin, cout = x.shape[1] // groups, w.shape[1]
    for g in range(groups):
        inputs = slice(g * cin, (g + 1) * cin)
        with numpy.errstate(invalid="ignore"):  # infinities that meet
            y[:, g * cout : (g + 1) * cout] += x[:, inputs] @ w[inputs]


def encode(values, dtype):
    """The array as it stands in a .npy file: bfloat16 as 16-bit patterns."""
    if dtype in INTEGERS:
        return values.astype(INTEGERS[dtype])
    if dtype in FLOATS:
        return values.astype(FLOATS[dtype])
    bits = values.astype(numpy.float32).view(numpy.uint32)
    return ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16).astype(numpy.uint16)


def literal(values, dtype):
    """Whole numbers as nested lists, as they stand in a dense constant."""
    return (values.astype(int) if dtype in INTEGERS else values).tolist()


def spoil(random, x):
    """Puts infinities and nans at a few places."""
    for value in (numpy.inf, -numpy.inf, numpy.nan):
        x.flat[random.integers(x.size)] = value


def whole_numbers(random, shape, dtype):
    """Numbers whose products and sums every type's accumulator holds exactly."""
    bound = 127 if dtype == "i8" else 3
    return random.integers(-bound, bound + 1, shape).astype(numpy.float64)
