"""What the page shows for numpy and ONNX runs, and prints what it says that it prints."""

import numpy
import pytest
from pages import run_page, uses_torch


def model(folder):
    """A model with a layer called up1."""
    onnx = pytest.importorskip("onnx")
    helper, floats = onnx.helper, onnx.TensorProto.FLOAT
    node = helper.make_node("ConvTranspose", ["x", "w"], ["y"], "up1", strides=[2, 2], pads=[1] * 4)
    graph = helper.make_graph(
        [node],
        "graph",
        [helper.make_tensor_value_info("x", floats, [1, 1, 4, 4])],
        [helper.make_tensor_value_info("y", floats, [1, 1, 8, 8])],
        [onnx.numpy_helper.from_array(numpy.ones((1, 1, 4, 4), "f4"), "w")],
    )
    onnx.save(
        helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)]), folder / "model.onnx"
    )


def test_runs_what_the_page_shows_for_numpy(tmp_path, monkeypatch, capsys):
    model(tmp_path)
    wanted = lambda block: not uses_torch(block)
    assert run_page("docs/python.md", tmp_path, monkeypatch, capsys, wanted) >= 2
    assert (tmp_path / "layer.h").exists()
