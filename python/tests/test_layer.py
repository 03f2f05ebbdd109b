"""tconv.compile and what a Layer has."""

import os
import pathlib
import subprocess
import sys

import numpy
import pytest
import reference
import tconv

LAYER = "n1 ci3 co2 i4x5 k4 s2 p1"
DYNAMIC = """
func.func @main(%x: tensor<?x3x?xf32>, %w: tensor<3x2x4xf32>) -> tensor<?x2x?xf32> {
  %y = tconv.conv_transpose %x, %w stride [2] padding [1]
      : (tensor<?x3x?xf32>, tensor<3x2x4xf32>) -> tensor<?x2x?xf32>
  return %y : tensor<?x2x?xf32>
}
"""
ATTRIBUTES = ((2, 2), ((1, 1),) * 2, (0, 0), 1, (1, 1))


def operands():
    random = numpy.random.default_rng(0)
    return random.standard_normal((1, 3, 4, 5), "f4"), random.standard_normal((3, 2, 4, 4), "f4")


def expected(x, w):
    return reference.conv_transpose(x, w, None, *ATTRIBUTES)


def test_packs_a_filter_once():
    x, w = operands()
    layer = tconv.compile(LAYER, w)
    w_then = w.copy()
    w[:] = 0  # the layer has its own
    numpy.testing.assert_allclose(layer(x), expected(x, w_then), rtol=1e-4, atol=1e-5)
    assert layer.constants == (1,)
    assert repr(layer).startswith("<tconv.Layer (1x3x4x5xf32, 3x2x4x4xf32) -> 1x2x8x10xf32, ")


def test_takes_all_inputs_without_constants():
    x, w = operands()
    numpy.testing.assert_allclose(tconv.compile(LAYER)(x, w), expected(x, w), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("kind", ["text", "str", "path"])
def test_compiles_modules(kind, tmp_path):
    x, w = operands()
    module = tconv.compile(LAYER).module
    path = tmp_path / "layer.mlir"
    path.write_text(module)
    layer = tconv.compile({"text": module, "str": str(path), "path": path}[kind])
    numpy.testing.assert_allclose(layer(x, w), expected(x, w), rtol=1e-4, atol=1e-5)


def test_runs_dynamic_sizes():
    layer = tconv.compile(DYNAMIC)
    assert layer.inputs[0] == ("f32", (-1, 3, -1))
    for size in (1, 5):
        x, w = numpy.ones((2, 3, size), "f4"), numpy.ones((3, 2, 4), "f4")
        y = layer(x, w)
        numpy.testing.assert_array_equal(
            y, reference.conv_transpose(x, w, None, (2,), ((1, 1),), (0,), 1, (1,))
        )
    with pytest.raises(tconv.InputError, match="known at run time only"):
        layer(x, w, out=y)


def test_writes_to_an_array():
    x, w = operands()
    layer = tconv.compile(LAYER, w)
    out = numpy.empty((1, 2, 8, 10), "f4")
    assert layer(x, out=out) is out
    numpy.testing.assert_array_equal(out, layer(x))
    for wrong in (out[:, :, :4], out.astype("f8"), out[:, :, :, ::-1], numpy.empty((1, 2, 8, 20), "f4")[..., ::2]):
        with pytest.raises(tconv.InputError, match="expected a writable out of f32"):
            layer(x, out=wrong)


def test_is_the_same_for_any_strides_and_libraries():
    x, w = operands()
    layer = tconv.compile(LAYER, w)
    y = layer(x)
    numpy.testing.assert_array_equal(layer(numpy.asfortranarray(x)), y)
    numpy.testing.assert_array_equal(layer(memoryview(x)), y)


def test_computes_bf16():
    ml_dtypes = pytest.importorskip("ml_dtypes")
    x, w = (array.astype(ml_dtypes.bfloat16) for array in operands())
    y = tconv.compile(LAYER + " bf16", w)(x)
    assert y.dtype == ml_dtypes.bfloat16
    error = abs(y.astype("f8") - expected(x, w))
    assert (error <= reference.bound(x, w, None, "bf16", *ATTRIBUTES)).all()


def test_shows_stages_and_remarks():
    layer = tconv.compile(LAYER, algorithm="phases")
    assert "tconv.conv_transpose" in layer.ir()
    assert "linalg" in layer.ir("decomposed")
    assert "4 phases" in layer.remarks
    with pytest.raises(tconv.InputError, match="expected one of the stages input, .*got 'output'"):
        layer.ir("output")


def test_saves_artefacts(tmp_path):
    layer = tconv.compile(LAYER)
    layer.save(tmp_path / "layer.s", tmp_path / "layer.h")
    assert "layer_run:" in (tmp_path / "layer.s").read_text()
    assert "layer_run(" in (tmp_path / "layer.h").read_text()
    with pytest.raises(tconv.InputError, match="expected an output that ends in .so"):
        layer.save(tmp_path / "layer.dll")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["layer.h", "layer.s"]


def test_needs_a_linker_for_shared_libraries_only(tmp_path, monkeypatch):
    layer = tconv.compile(LAYER)
    monkeypatch.delenv("CC", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(tconv.UnsupportedError, match="to link a shared library with, found none in PATH"):
        layer.save(tmp_path / "layer.so")
    layer.save(tmp_path / "layer.o")
    assert [path.name for path in tmp_path.iterdir()] == ["layer.o"]


def test_shares_the_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("TCONV_CACHE_DIR", str(tmp_path))
    tconv.compile(LAYER, cache=True)
    assert any(path.is_file() for path in pathlib.Path(tmp_path).rglob("*"))


def test_compiles_layers_of_onnx(tmp_path):
    onnx = pytest.importorskip("onnx")
    x, w = operands()
    helper, floats = onnx.helper, onnx.TensorProto.FLOAT
    node = helper.make_node("ConvTranspose", ["x", "w"], ["y"], "deconv", strides=[2, 2], pads=[1] * 4)
    relu = helper.make_node("Relu", ["y"], ["z"], "relu")
    graph = helper.make_graph(
        [node, relu],
        "graph",
        [helper.make_tensor_value_info("x", floats, x.shape)],
        [helper.make_tensor_value_info("z", floats, [1, 2, 8, 10])],
        [onnx.numpy_helper.from_array(w, "w")],
    )
    path = tmp_path / "model.onnx"
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)]), path)
    for layer in (
        tconv.compile(path),
        tconv.compile(str(path), node="deconv"),
        tconv.compile(onnx.load(path)),
    ):
        numpy.testing.assert_allclose(
            layer(x), numpy.maximum(expected(x, w), 0), rtol=1e-4, atol=1e-5
        )
    with pytest.raises(tconv.InputError, match="nothing"):
        tconv.compile(path, node="nothing")


def test_imports_without_numpy_of_others():
    # torch and onnx are looked for when they are asked for, and the compiler is not loaded before.
    code = "import sys, tconv; assert not {'torch', 'onnx', 'tconv._core'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, env=os.environ)
