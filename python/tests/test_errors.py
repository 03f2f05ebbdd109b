"""Everything that is wrong is one of tconv's exceptions, with a message that says what."""

import numpy
import pytest
import tconv

X, W = numpy.ones((1, 3, 4, 4), "f4"), numpy.ones((3, 2, 4, 4), "f4")


def test_has_a_hierarchy():
    assert issubclass(tconv.InputError, tconv.Error) and issubclass(tconv.InputError, ValueError)
    assert issubclass(tconv.UnsupportedError, tconv.Error)
    assert issubclass(tconv.UnsupportedError, NotImplementedError)


@pytest.mark.parametrize(
    "operands, options, message",
    [
        ((X[0], W), {}, r"expected w\[Ci, Co/groups, K...\] with Ci = 4 and 1 sizes K"),
        ((X[0, 0], W), {}, r"expected x of 3 to 5 dimensions, got \[4, 4\]"),
        ((X[None, None], W), {}, r"expected x of 3 to 5 dimensions"),
        ((X, W[:2]), {}, r"with Ci = 3 and 2 sizes K, got \[2, 2, 4, 4\]"),
        ((X, W.astype("f8")), {}, "expected w of f32 like x, got f64"),
        ((X.astype("c8"), W), {}, "as elements of x, got complex64"),
        ((X.astype("i4"), W.astype("i4")), {}, "expected f64, f32, f16, bf16 or i8 .* got i32"),
        ((X, W, W[0, 0, 0]), {}, "expected 2xf32 as input 2 of @main, got 4xf32"),
        ((X, W, numpy.ones(2)), {}, "expected 2xf32 as input 2, got elements of float64"),
        ((3, W), {}, "x: expected an array with DLPack or the buffer protocol"),
        ((X, [[1.0]]), {}, "w: expected an array with DLPack or the buffer protocol"),
        ((X, W), {"stride": 0}, "expected a number from 1 to 2147483647 in 's0x0', got 0"),
        ((X, W), {"stride": (1, 2, 3)}, r"expected an integer or 2 of them as stride, got \(1, 2, 3\)"),
        ((X, W), {"stride": 1.5}, "expected an integer or 2 of them as stride, got 1.5"),
        ((X, W), {"padding": ((1, 2, 3), 1)}, "pairs of them as padding"),
        ((X, W), {"padding": 40}, "expected an output size of at least 1 in spatial dimension 0"),
        ((X, W), {"output_padding": 1}, "expected an output padding from 0 to 0"),
        ((X, W), {"groups": 2}, "expected a number of groups that divides the 3 input"),
        ((X, W), {"groups": 0}, "expected groups of at least 1, got 0"),
        ((X, W), {"activation": "swish"}, r"expected relu, .* or None as the activation, got 'swish'"),
        ((X, W), {"activation": ("leaky_relu", float("nan"))}, "expected a finite slope, got nan"),
        ((X, W), {"layout": "NCHW"}, "expected channels_first or channels_last as the layout, got 'NCHW'"),
        ((X, W), {"stride": 2**62}, "expected a number from 1 to 2147483647"),
        ((X, W), {"stride": 2**30}, "expected tensors of less than 2.63 bytes"),
        ((numpy.broadcast_to(X, (2**30, 3, 4, 4)), W), {}, "not enough memory for a result of 1073741824x2x7x7xf32"),
    ],
)
def test_says_what_is_wrong_with_a_call(operands, options, message):
    with pytest.raises(tconv.InputError, match=message):
        tconv.conv_transpose(*operands, **options)


@pytest.mark.parametrize(
    "source, options, message",
    [
        ("n1 ci3", {}, "expected i with the size of the input"),
        ("func.func @main() {\n  return %x : f32\n}\n", {}, "line 2, column 10: error: use of undeclared"),
        ("/nowhere/layer.mlir", {}, "/nowhere/layer.mlir: No such file"),
        ("/nowhere/model.onnx", {}, "/nowhere/model.onnx"),
        ("i4x4 k4", {"threads": -1}, "from 0 to 65536 as the option threads, got '-1'"),
        ("i4x4 k4", {"speed": 1}, "expected the option algorithm"),
        ("i4x4 k4", {"target": "tpu"}, "expected cpu, cuda or emulated"),
        ("i4x4 k4", {"target_cpu": "z80"}, "expected a processor that LLVM knows, .* got 'z80'"),
        (17, {}, "expected the text or the path of a module, .* got int"),
    ],
)
def test_says_what_is_wrong_with_a_source(source, options, message):
    with pytest.raises(tconv.InputError, match=message):
        tconv.compile(source, **options)


def test_says_what_is_wrong_with_operands():
    layer = tconv.compile("n1 ci3 co2 i4x4 k4", W)
    for operands, message in [
        ((), "expected 1 inputs, got 0"),
        ((X, W), "expected 1 inputs, got 2"),
        ((X[:, :2],), "expected 1x3x4x4xf32 as input 0 of @main, got 1x2x4x4xf32"),
        ((X.astype("f8"),), "expected f32 as elements of input 0, got f64"),
        (([1],), "input 0: expected an array with DLPack or the buffer protocol"),
    ]:
        with pytest.raises(tconv.InputError, match=message):
            layer(*operands)
    with pytest.raises(tconv.InputError, match="expected 1 constants, .* got 2"):
        tconv.compile("n1 ci3 co2 i4x4 k4", W, W)
    with pytest.raises(tconv.InputError, match="as input 1 of @main, got 2x2x4x4xf32"):
        tconv.compile("n1 ci3 co2 i4x4 k4", W[:2])


def test_says_what_this_machine_does_not_do():
    module = """
func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = "stablehlo.sort"(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}
"""
    with pytest.raises(tconv.UnsupportedError, match="stablehlo.sort"):
        tconv.compile(module)
