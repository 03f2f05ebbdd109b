"""tconv.conv_transpose against the definition, for every type, layout and attribute."""

import ml_dtypes
import numpy
import pytest
import reference
import tconv
from hypothesis import given, settings
from hypothesis import strategies as st

DTYPES = {
    "f64": numpy.float64,
    "f32": numpy.float32,
    "f16": numpy.float16,
    "bf16": ml_dtypes.bfloat16,
    "i8": numpy.int8,
}


def numbers(shape, element, seed):
    random = numpy.random.default_rng(seed)
    if element == "i8":
        return random.integers(-128, 128, shape, "int8")
    return random.standard_normal(shape).astype(DTYPES[element])


def same(y, x, w, bias, element, attributes):
    expected = reference.conv_transpose(x, w, bias, *attributes)
    assert y.shape == expected.shape
    if element == "i8":
        assert y.dtype == numpy.int32
        return numpy.array_equal(y, expected)
    assert y.dtype == DTYPES[element]
    error = abs(y.astype("f8") - expected)
    return (error <= reference.bound(x, w, bias, element, *attributes) + 1e-300).all()


@st.composite
def layers(draw):
    rank = draw(st.integers(1, 3))
    each = lambda low, high: tuple(draw(st.integers(low, high)) for _ in range(rank))
    groups = draw(st.integers(1, 2))
    stride, dilation, kernel, sizes = each(1, 3), each(1, 2), each(1, 4), each(1, 4)
    padding = tuple((draw(st.integers(-1, 1)), draw(st.integers(-1, 1))) for _ in range(rank))
    output_padding = tuple(draw(st.integers(0, max(s, d) - 1)) for s, d in zip(stride, dilation))
    each_size = zip(sizes, kernel, stride, padding, output_padding, dilation)
    if any(reference.output_size(*entry) < 1 for entry in each_size):
        padding = ((0, 0),) * rank
    channels = draw(st.integers(1, 3)) * groups, draw(st.integers(1, 3))
    shapes = (draw(st.integers(1, 2)), channels[0], *sizes), (*channels, *kernel)
    return shapes, (stride, padding, output_padding, groups, dilation)


@given(
    layers(),
    st.sampled_from(sorted(DTYPES)),
    st.booleans(),
    st.sampled_from(["channels_first", "channels_last"]),
    st.integers(0, 1000),
)
@settings(max_examples=60, deadline=None)
def test_agrees_with_the_definition(layer, element, has_bias, layout, seed):
    (x_shape, w_shape), attributes = layer
    stride, padding, output_padding, groups, dilation = attributes
    x, w = numbers(x_shape, element, seed), numbers(w_shape, element, seed + 1)
    bias = None
    if has_bias:
        bias = numbers((w_shape[1] * groups,), element, seed + 2)
        bias = bias.astype("i4") if element == "i8" else bias
    given_x = numpy.moveaxis(x, 1, -1).copy() if layout == "channels_last" else x
    y = tconv.conv_transpose(
        given_x, w, bias, stride, padding, output_padding, groups, dilation, layout=layout
    )
    y = numpy.moveaxis(y, -1, 1) if layout == "channels_last" else y
    assert same(y, x, w, bias, element, attributes)


ONE = ((2, 2), ((1, 1),) * 2, (0, 0), 1, (1, 1))


def question(element="f32"):
    return numbers((2, 3, 4, 5), element, 1), numbers((3, 2, 4, 4), element, 2)


@pytest.mark.parametrize("element", sorted(DTYPES))
@pytest.mark.parametrize(
    "change",
    [
        lambda x: numpy.moveaxis(numpy.moveaxis(x, 1, -1).copy(), -1, 1),  # channels last in memory
        lambda x: numpy.repeat(x, 2, axis=3)[:, :, :, ::2],
        lambda x: x[:, :, ::-1].copy()[:, :, ::-1],
        lambda x: numpy.broadcast_to(x[:1], x.shape),
        lambda x: (x.flags.__setattr__("writeable", False), x)[1],
        lambda x: numpy.frombuffer(b"\0" + x.tobytes(), "i1")[1:].copy().view(x.dtype).reshape(x.shape),
    ],
    ids=["channels_last", "every_other", "reversed", "broadcast", "read_only", "copied"],
)
def test_takes_any_strides(change, element):
    x, w = question(element)
    x = change(x)
    assert same(tconv.conv_transpose(x, w, stride=2, padding=1), x, w, None, element, ONE)


def test_does_not_copy_arrays_of_either_layout():
    x, w = question()
    last = numpy.moveaxis(numpy.moveaxis(x, 1, -1).copy(), -1, 1)
    y = tconv.conv_transpose(last, w, stride=2, padding=1)
    assert numpy.moveaxis(y, 1, -1).flags.c_contiguous  # the layer ran on the memory as it is
    assert tconv.conv_transpose(x, w, stride=2, padding=1).flags.c_contiguous


class Exported:
    """What any library with DLPack gives."""

    def __init__(self, array):
        self.array = array

    def __dlpack__(self, **options):
        return self.array.__dlpack__(**options)

    def __dlpack_device__(self):
        return self.array.__dlpack_device__()


@pytest.mark.parametrize("wrap", [Exported, memoryview], ids=["dlpack", "buffer"])
def test_takes_what_is_not_numpy(wrap):
    x, w = question()
    y = tconv.conv_transpose(wrap(x), wrap(w), stride=2, padding=1)
    assert type(y) is numpy.ndarray and same(y, x, w, None, "f32", ONE)


def test_makes_an_output_of_a_size():
    x, w = question()
    y = tconv.conv_transpose(x, w, stride=2, padding=1, output_size=(9, 10))
    assert y.shape == (2, 2, 9, 10)
    assert same(y, x, w, None, "f32", ((2, 2), ((1, 1),) * 2, (1, 0), 1, (1, 1)))
    with pytest.raises(tconv.InputError, match="expected output_size from 8 to 9 for an input of 4, got 7"):
        tconv.conv_transpose(x, w, stride=2, padding=1, output_size=7)


ACTIVATIONS = {
    "relu": lambda y: numpy.maximum(y, 0),
    "leaky_relu": lambda y: numpy.where(y >= 0, y, 0.01 * y),
    ("leaky_relu", 0.2): lambda y: numpy.where(y >= 0, y, 0.2 * y),
    ("leaky_relu", 1e-5): lambda y: numpy.where(y >= 0, y, 1e-5 * y),
    "tanh": numpy.tanh,
    "sigmoid": lambda y: 1 / (1 + numpy.exp(-y)),
    "silu": lambda y: y / (1 + numpy.exp(-y)),
    "gelu": lambda y: y * 0.5 * (1 + numpy.vectorize(__import__("math").erf)(y / 2**0.5)),
}


@pytest.mark.parametrize("layout", ["channels_first", "channels_last"])
@pytest.mark.parametrize("element", ["f64", "f32", "f16", "bf16"])
@pytest.mark.parametrize("activation", ACTIVATIONS, ids=str)
def test_computes_activations(activation, element, layout):
    x, w = question(element)
    given_x = numpy.moveaxis(x, 1, -1) if layout == "channels_last" else x
    y = tconv.conv_transpose(
        given_x, w, stride=2, padding=1, activation=activation, layout=layout
    )
    y = numpy.moveaxis(y, -1, 1) if layout == "channels_last" else y
    exact = reference.conv_transpose(x, w, None, *ONE)
    error = abs(y.astype("f8") - ACTIVATIONS[activation](exact))
    # No activation is steeper than 1.2, and its own error is that of some roundings.
    bound = 1.2 * reference.bound(x, w, None, element, *ONE) + 8 * reference.ROUNDING[element] * (1 + abs(exact))
    assert (error <= bound).all()
