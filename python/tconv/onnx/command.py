"""tconv-import-onnx: ONNX models as modules of tconv."""

import argparse
import sys

from .. import __version__

# The exit status of tconv's tools for what is right, but not supported.
_UNSUPPORTED = 77


def _shape(text):
    name, equals, sizes = text.rpartition("=")
    try:
        numbers = [int(size) for size in sizes.split(",")] if sizes else []
    except ValueError:
        numbers = [-1]
    if not equals or min(numbers, default=0) < 0:
        raise argparse.ArgumentTypeError(f"expected NAME=SIZE,SIZE,..., got '{text}'")
    return name, numbers


def _parser():
    parser = argparse.ArgumentParser(prog="tconv-import-onnx", description=__doc__)
    parser.add_argument("model", help="FILE.onnx")
    parser.add_argument("-o", metavar="FILE.mlir", default="-", dest="module", help="the module")
    parser.add_argument(
        "--shape",
        action="append",
        default=[],
        type=_shape,
        metavar="NAME=SIZES",
        help="sizes of an input, as in x=1,3,64,64 (otherwise unknown ones stay so)",
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--list", action="store_true", help="list the transposed convolutions")
    what.add_argument("--node", metavar="NAME", help="import this one, and what stands behind it")
    what.add_argument(
        "--all", action="store_true", help="import each of them into a file of the folder of -o"
    )
    what.add_argument(
        "--bench", action="store_true", help="time each of them, and in ONNX Runtime if there is one"
    )
    parser.add_argument("--input", action="append", default=[], help="run it: a .npy for each input")
    parser.add_argument("--output", action="append", default=[], help="a .npy for each result")
    parser.add_argument("--version", action="version", version=f"tconv {__version__}")
    return parser


def _remark(text):
    print(f"tconv-import-onnx: remark: the chain ends here: {text}", file=sys.stderr)


def _run(options):
    from . import run

    shapes = dict(options.shape)
    output = sys.stdout if options.module == "-" else options.module
    if options.list:
        sys.stdout.write(run.list_layers(options.model, shapes))
    elif options.bench:
        from . import bench

        sys.stdout.write(bench.bench(options.model, shapes, _remark))
    elif options.node is not None:
        run.import_layer(options.model, options.node, output, shapes, _remark)
    elif options.all:
        folder = "." if options.module == "-" else options.module
        for path in run.import_layers(options.model, folder, shapes, _remark):
            print(path)
    elif options.input or options.output:
        return run.run_model(options.model, options.input, options.output, shapes)
    else:
        run.import_model(options.model, output, shapes)
    return 0


def main(arguments=None):
    options = _parser().parse_args(arguments)
    from .errors import ModelError, UnsupportedError

    try:
        return _run(options)
    except UnsupportedError as error:
        print(f"tconv-import-onnx: not supported: {error}", file=sys.stderr)
        return _UNSUPPORTED
    except ModelError as error:
        print(f"tconv-import-onnx: error: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 1
    except (Exception, RecursionError) as error:  # whatever a hostile model may lead to
        print(
            f"tconv-import-onnx: error: the model could not be imported: {type(error).__name__}: "
            f"{error}",
            file=sys.stderr,
        )
        return 1


if __name__ == "__main__":
    sys.exit(main())
