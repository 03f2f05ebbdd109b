"""Compiled layers."""

import atexit
import os
import tempfile
from typing import Any, NamedTuple, Optional, Sequence, Union

import numpy

from . import _arrays, _core
from .errors import InputError

# Work that ctrl-C has left running must not meet the end of the process.
atexit.register(_core.wait_for_abandoned)


class TensorType(NamedTuple):
    """The type of an input or a result: `element` is "f32", "bf16", "i8" and so on; a size of -1 in
    `shape` is known at run time only."""

    element: str
    shape: tuple

    @property
    def dtype(self) -> numpy.dtype:
        """numpy's type; that of bf16 comes from ml_dtypes, or is uint16 without it."""
        return _arrays.dtype_of(self.element)


def _types(found):
    return tuple(TensorType(type.element, type.shape) for type in found)


class Layer:
    """A compiled function; `tconv.compile` makes it.

    Attributes:
        module: the text of its module.
        inputs, results: a TensorType for each.
        constants: the numbers of the inputs that are the same in every run (tconv.constant).
        where: on what it runs, such as "2 threads".
    """

    def __init__(self, module: str, constants: Sequence[Any] = (), **options: Any):
        self.module = module
        self._options = options
        self._code = _core.Executable.compile(module, options)
        self.inputs = _types(self._code.inputs)
        self.results = _types(self._code.results)
        self.constants = tuple(self._code.constant_inputs)
        self.where = self._code.where
        self._packed = None
        self._free = list(range(len(self.inputs)))
        if constants:
            self._pack(constants)
        self._single = None
        if len(self.results) == 1 and self._code.takes_results and self.results[0].element != "bf16":
            self._single = (self.results[0].shape, self.results[0].dtype)

    def _pack(self, constants):
        if len(constants) != len(self.constants):
            raise InputError(
                f"expected {len(self.constants)} constants, the inputs marked tconv.constant, got "
                f"{len(constants)}"
            )
        # Copies: the arrays may change, what is packed does not.
        arrays = [
            self._import(array, number).copy() for array, number in zip(constants, self.constants)
        ]
        self._packed = self._code.pack(tuple(arrays))
        self._free = [number for number in self._free if number not in self.constants]

    def _import(self, array, number):
        what = f"input {number}"
        view, element = _arrays.import_array(array, what)
        expected = self.inputs[number]
        if element != expected.element:
            raise InputError(f"expected {expected.element} as elements of {what}, got {element}")
        return _arrays.make_dense(view)

    def __call__(self, *inputs: Any, out: Any = None) -> Any:
        """Runs the layer.

        Args:
            inputs: an array for each input, in order, without the constants that `tconv.compile` was
                given: anything with DLPack or the buffer protocol, in the memory of the host. Arrays
                in C order are not copied.
            out: the array to write the result to, in C order, where there is one result of known size.

        Returns:
            The result, an array of the library of the first input if that has `from_dlpack`, and of
            numpy otherwise; a tuple if there is not exactly one.

        Raises:
            InputError: the number, a type or a shape does not fit; the message says which.
        """
        if out is None and self._single and type(inputs[0] if inputs else None) is numpy.ndarray:
            result = numpy.empty(*self._single)
            try:
                self._code.run(self._packed, inputs, (result,))
                return result
            except InputError:
                pass  # perhaps for strides only; what follows copies, or says what is wrong
        return self._run(inputs, out)

    def _run(self, inputs, out):
        if len(inputs) != len(self._free):
            raise InputError(f"expected {len(self._free)} inputs, got {len(inputs)}")
        arrays = tuple(self._import(array, number) for array, number in zip(inputs, self._free))
        results = self.run_arrays(arrays, out)
        if out is not None:
            return out
        like = inputs[0] if inputs else None
        given = [
            _arrays.give_back(result, type.element, like)
            for result, type in zip(results, self.results)
        ]
        return given[0] if len(given) == 1 else tuple(given)

    def run_arrays(self, arrays, out=None):
        """Runs with arrays of numpy's for all inputs but packed ones, in C order, bf16 as uint16, and
        gives a list of such."""
        if not self._code.takes_results:
            if out is not None:
                raise InputError("expected no out for results of sizes that are known at run time only")
            return self._code.run_dynamic(self._packed, arrays)
        results = self._results(out)
        self._code.run(self._packed, arrays, tuple(results))
        return results

    def _results(self, out):
        if out is None:
            return [
                numpy.empty(type.shape, "uint16" if type.element == "bf16" else type.dtype)
                for type in self.results
            ]
        if len(self.results) != 1:
            raise InputError(f"expected no out for {len(self.results)} results")
        view, element = _arrays.import_array(out, "out")
        expected = self.results[0]
        if (element, view.shape) != expected or not view.flags.c_contiguous or not view.flags.writeable:
            raise InputError(
                f"expected a writable out of {expected.element} {list(expected.shape)} in C order, got "
                f"{element} {list(view.shape)}"
            )
        return [view]

    def ir(self, stage: str = "input") -> str:
        """The module after a stage of compilation, such as "raised", "decomposed", "loops" or "llvm"
        (docs/architecture.md); the error for another name lists them.

        Raises:
            InputError: there is no such stage.
        """
        return _core.module_to_stage(self.module, stage, self._options)

    @property
    def remarks(self) -> str:
        """What passes chose, and why: a line for each remark. Compiles the layer again."""
        return _core.Executable.compile(self.module, {**self._options, "remarks": True}).remarks

    def save(self, path: Union[str, os.PathLike], header: Union[str, os.PathLike, None] = None) -> None:
        """Writes a file that runs without tconv (docs/artefacts.md): `path` ends in .so, .o, .s, .ll or
        .mlir, and with `target="cuda"` in .tcgpu, .ptx, .cubin or .fatbin. `header` is the C header to
        write. Constants are not part of it: programs pack their own.

        Raises:
            InputError: the name does not say what to write, or the file could not be written.
            UnsupportedError: a .so was asked for, and there is no C compiler to link it with.
        """
        _core.compile_to_file(
            self.module, os.fspath(path), None if header is None else os.fspath(header), self._options
        )

    def __repr__(self) -> str:
        def text(types):
            return ", ".join(
                "x".join(["?" if size < 0 else str(size) for size in shape] + [element])
                for element, shape in types
            )

        return f"<tconv.Layer ({text(self.inputs)}) -> {text(self.results)}, {self.where}>"


def compile(
    source: Any,
    *constants: Any,
    node: Optional[str] = None,
    shapes: Optional[dict] = None,
    **options: Any,
) -> Layer:
    """Compiles a layer.

    Args:
        source: the text of a module, the path of one (.mlir), a layer's description such as
            "n1 ci64 co32 i8x8 k4 s2 p1" (bench/README.md lists the words), or the path of an ONNX
            model (.onnx) or such a model.
        constants: arrays for the inputs that are the same in every run, in their order: those marked
            tconv.constant, and for a description the filter [Ci, Co/groups, K...] and the bias [Co].
            They are packed once, and calls are without them; otherwise calls have all inputs.
        node: the transposed convolution of an ONNX model to compile, with what stands behind it
            (`tconv-import-onnx --list` shows their names); without it the whole model.
        shapes: sizes of an ONNX model's inputs, by name.
        options: those of the tools, by name: threads (0: TCONV_NUM_THREADS, or those available),
            target ("cpu", "cuda", "emulated"), target_cpu, algorithm, cache, entry, arch, allow_tf32.

    Returns:
        A Layer. The code is kept in the user's cache, which the tools share.

    Raises:
        InputError: the source or an option is wrong; UnsupportedError: nothing lowers it.
    """
    return Layer(module_of(source, bool(constants), node, shapes), constants, **options)


def module_of(source, constant_weights=False, node=None, shapes=None) -> str:
    """The text of the module that a source of `tconv.compile` says."""
    if isinstance(source, Layer):
        return source.module
    if isinstance(source, os.PathLike) or (
        isinstance(source, str) and source.endswith((".mlir", ".onnx")) and "\n" not in source
    ):
        path = os.fspath(source)
        return _import_onnx(path, node, shapes) if path.endswith(".onnx") else _read(path)
    if hasattr(source, "SerializeToString"):
        with tempfile.NamedTemporaryFile(suffix=".onnx") as file:
            file.write(source.SerializeToString())
            file.flush()
            return _import_onnx(file.name, node, shapes)
    if not isinstance(source, str):
        raise InputError(
            "expected the text or the path of a module, a layer's description, or an ONNX model, got "
            f"{type(source).__name__}"
        )
    if "\n" in source or "{" in source:
        return source
    return _core.layer_to_module(source, constant_weights)


def _read(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {getattr(error, 'strerror', None) or error}") from None


def _import_onnx(source, node, shapes):
    try:
        from .onnx import run
    except ModuleNotFoundError as error:
        raise InputError(
            f"expected the package onnx to read {source} with (pip install 'tconv[onnx]'): {error}"
        ) from None
    import io

    text = io.StringIO()
    if node is None:
        run.import_model(source, text, shapes)
    else:
        run.import_layer(source, node, text, shapes)
    return text.getvalue()
