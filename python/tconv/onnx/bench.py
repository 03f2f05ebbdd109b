"""Times every layer of a model here and, if it is installed, in ONNX Runtime."""

import os
import re
import subprocess
import tempfile
import time

import numpy
from onnx import helper, numpy_helper

from . import model as models, run, select, types
from .errors import ModelError, UnsupportedError

_RUN = re.compile(r"^run: ([0-9.]+) ms", re.MULTILINE)
_RUNS = 20


def bench(path, shapes, remark):
    """Rows of a table, as text: a layer with its chain, milliseconds of tconv and of ONNX
    Runtime, the best of several runs each."""
    model, folder, value_types = run.read_model(path, shapes)
    lines = [f"{'layer':24}{'tconv ms':>12}{'ORT ms':>12}{'ratio':>8}\n"]
    for name in select.layers_of(model):
        importer, result = select.extract(
            model, folder, value_types, name, lambda text: remark(f"layer '{name}': {text}")
        )
        ours = _time_tconv(importer, result, name)
        theirs = _time_onnxruntime(importer, model, name, result)
        ratio = f"{theirs / ours:.2f}" if theirs else "-"
        other = f"{theirs:.4f}" if theirs else "-"
        lines.append(f"{name[:23]:24}{ours:12.4f}{other:>12}{ratio:>8}\n")
    return "".join(lines)


def _time_tconv(importer, result, name):
    if any(not value.is_static for _, value in importer.arguments):
        raise UnsupportedError(f"layer '{name}' has sizes that are not known; give them by --shape")
    with tempfile.TemporaryDirectory() as folder:
        module = os.path.join(folder, "layer.mlir")
        run.write(importer, [result], module)
        command = [run.find_tool("tconv-run"), module, f"--time={_RUNS}"]
        command += [f"--output={os.path.join(folder, 'y.npy')}"]
        try:
            done = subprocess.run(command, capture_output=True, text=True)
        except OSError as error:
            raise ModelError(f"{command[0]}: {error.strerror}") from None
    found = _RUN.search(done.stdout + done.stderr)
    if done.returncode or not found:
        raise ModelError(f"layer '{name}': tconv-run failed: {done.stderr.strip()}")
    return float(found[1])


def _time_onnxruntime(importer, model, name, result):
    """Milliseconds, or None without ONNX Runtime."""
    try:
        import onnxruntime
    except ImportError:
        return None
    layer = select.layers_of(model)[name]
    nodes = [layer, *select.chain_behind(model, layer, lambda other: True, lambda text: None)]
    names = [node.output[0] for node in nodes]
    nodes = nodes[: names.index(result) + 1]
    inputs = {argument: value for argument, value in importer.arguments}
    weights = []
    for operand in {operand for node in nodes for operand in node.input} - set(inputs) - set(names):
        entry = importer.array(operand) if operand else None
        if entry:
            weights.append(numpy_helper.from_array(numpy.ascontiguousarray(entry[0]), operand))
    infos = [
        helper.make_tensor_value_info(argument, value.element, value.shape)
        for argument, value in inputs.items()
    ]
    output = helper.make_tensor_value_info(result, next(iter(inputs.values())).element, None)
    graph = helper.make_graph(nodes, "layer", infos, [output], weights)
    opset = helper.make_opsetid("", importer.opset)
    single = helper.make_model(graph, opset_imports=[opset], ir_version=min(model.ir_version, 10))
    session = onnxruntime.InferenceSession(
        single.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    generator = numpy.random.default_rng(0)
    feeds = {
        argument: generator.standard_normal(value.shape).astype(types.describe(value.element)[2])
        for argument, value in inputs.items()
    }
    best = None
    for _ in range(_RUNS + 1):
        start = time.perf_counter()
        session.run(None, feeds)
        took = 1e3 * (time.perf_counter() - start)
        best = took if best is None else min(best, took)
    return best
