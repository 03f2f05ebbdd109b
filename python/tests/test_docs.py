"""What the pages show for Python runs, and prints what they say that it prints."""

import pathlib
import re

import numpy
import pytest

CHECKOUT = pathlib.Path(__file__).parents[2]


def blocks(page):
    text = (CHECKOUT / page).read_text()
    return re.findall(r"```python\n(.*?)```", text, re.DOTALL)


def expected(block):
    """The lines that a block says it prints, by `print(...)  # -> line`; any text may be "..."."""
    lines = re.findall(r"# -> (.*)$", block, re.MULTILINE)
    return [re.escape(line).replace(r"\.\.\.", ".*") for line in lines]


def run_page(page, folder, monkeypatch, capsys, wanted=lambda block: True):
    monkeypatch.chdir(folder)
    scope, count = {}, 0
    for block in filter(wanted, blocks(page)):
        capsys.readouterr()
        exec(compile(block, page, "exec"), scope)
        printed = capsys.readouterr().out
        for pattern in expected(block):
            count += 1
            lines = printed.splitlines()
            assert any(re.fullmatch(pattern, line) for line in lines), f"{page}: {pattern} in {printed}"
    return count


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


def uses_torch(block):
    return "torch" in block


def test_runs_what_the_page_shows_for_numpy(tmp_path, monkeypatch, capsys):
    model(tmp_path)
    wanted = lambda block: not uses_torch(block)
    assert run_page("docs/python.md", tmp_path, monkeypatch, capsys, wanted) >= 2
    assert (tmp_path / "layer.h").exists()
