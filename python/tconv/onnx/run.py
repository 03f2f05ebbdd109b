"""What tconv-import-onnx does."""

import os
import subprocess
import sys
import tempfile

import numpy

from . import affine, model as models, operators, select, types
from .errors import ModelError, UnsupportedError
from .importer import Importer

assert operators


def read_model(path, shapes=None):
    """A checked model, and the types of its values; `shapes` fixes sizes of inputs."""
    model = models.load(path)
    folder = models.folder_of(path)
    models.check_tensors(model, folder)
    models.fix_shapes(model, shapes or {})
    return model, folder, models.infer(model)


def import_model(path, output, shapes=None):
    """Writes the module of a model to a file, or to an object with a method write."""
    model, folder, value_types = read_model(path, shapes)
    importer = Importer(model, folder, value_types)
    importer.add_arguments(model.graph)
    importer.import_nodes(affine.fold(importer, model.graph))
    outputs = [value.name for value in model.graph.output]
    write(importer, outputs, output)
    return importer


def import_layer(path, name, output, shapes=None, remark=lambda text: None):
    """Writes the module of one transposed convolution of a model, and what stands behind it."""
    model, folder, value_types = read_model(path, shapes)
    importer, result = select.extract(model, folder, value_types, name, remark)
    write(importer, [result], output)


def import_layers(path, folder, shapes=None, remark=lambda text: None):
    """Writes a module for each transposed convolution of a model into a folder."""
    model, beside, value_types = read_model(path, shapes)
    written = []
    os.makedirs(folder, exist_ok=True)
    for number, name in enumerate(select.layers_of(model)):
        importer, result = select.extract(
            model, beside, value_types, name, lambda text: remark(f"layer '{name}': {text}")
        )
        written.append(os.path.join(folder, f"layer{number}.mlir"))
        write(importer, [result], written[-1])
    return written


def list_layers(path, shapes=None):
    """What transposed convolutions a model has, as text."""
    model, folder, value_types = read_model(path, shapes)
    return select.format_table(select.table(model, folder, value_types))


def write(importer, outputs, output):
    """Writes what was imported; nothing is left behind of a file that could not be written."""
    if hasattr(output, "write"):
        importer.write(output, outputs)
        return
    folder = os.path.dirname(os.path.abspath(output))
    try:
        with tempfile.NamedTemporaryFile("w", dir=folder, suffix=".part", delete=False) as file:
            try:
                importer.write(file, outputs)
            except BaseException:
                os.unlink(file.name)
                raise
        os.chmod(file.name, 0o666 & ~_umask())
        os.replace(file.name, output)
    except OSError as error:
        raise ModelError(f"{output}: {error.strerror}") from None


def _umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask


def inputs_of(model):
    initialized = {tensor.name for tensor in model.graph.initializer}
    return [value for value in model.graph.input if value.name not in initialized]


def shapes_of_files(model, files):
    """The sizes of a model's inputs, from the .npy files for them."""
    inputs = inputs_of(model)
    if len(files) != len(inputs):
        raise ModelError(f"expected {len(inputs)} inputs, got {len(files)}")
    shapes = {}
    for info, path in zip(inputs, files):
        try:
            array = numpy.load(path, allow_pickle=False, mmap_mode="r")
        except (OSError, ValueError) as error:
            raise ModelError(f"{path}: {error}") from None
        element, _ = models.type_of(info)
        expected = numpy.dtype(types.describe(element)[2])
        if array.dtype != expected:
            raise ModelError(
                f"input '{info.name}': expected {types.name_of(element)}, got {array.dtype} in {path}"
            )
        shapes[info.name] = list(array.shape)
    return shapes


def find_tool(name):
    """A tool beside this program, of a build, or on the path."""
    beside = os.path.join(os.path.dirname(os.path.abspath(sys.argv[0])), name)
    for path in (os.environ.get("TCONV_RUN"), beside):
        if path and os.access(path, os.X_OK):
            return path
    return name


def _as_signed(files, folder):
    """Paths of the same bytes as integers with sign, which the compiler has."""
    paths = []
    for number, path in enumerate(files):
        array = numpy.load(path, allow_pickle=False)
        if array.dtype.kind == "u" and array.dtype != numpy.uint16:
            path = os.path.join(folder, f"input{number}.npy")
            numpy.save(path, array.view(array.dtype.name[1:]))
        paths.append(os.path.abspath(path))
    return paths


def _as_unsigned(outputs, files):
    """Gives results without sign back their type."""
    for info, path in zip(outputs, files):
        element, _ = models.type_of(info)
        dtype = numpy.dtype(types.describe(element)[2])
        array = numpy.load(path, allow_pickle=False)
        if dtype.kind == "u" and array.dtype != dtype:
            numpy.save(path, array.view(dtype))


def run_model(path, files, outputs, shapes=None, flags=()):
    """Imports a model for inputs of these sizes, and runs it; the exit status of tconv-run."""
    model = models.load(path)
    known = shapes_of_files(model, files)
    known.update(shapes or {})
    with tempfile.TemporaryDirectory() as folder:
        module = os.path.join(folder, "model.mlir")
        import_model(path, module, known)
        command = [find_tool("tconv-run"), module, *flags]
        command += [f"--input={file}" for file in _as_signed(files, folder)]
        command += [f"--output={os.path.abspath(file)}" for file in outputs]
        try:
            status = subprocess.run(command).returncode
        except OSError as error:
            raise ModelError(f"{command[0]}: {error.strerror}") from None
    if status == 0:
        _as_unsigned(model.graph.output, outputs)
    return status


__all__ = ["ModelError", "UnsupportedError", "import_model", "read_model", "run_model", "write"]
