#!/usr/bin/env python3
"""Tests and times tconv on a GPU, beside cuDNN through PyTorch.

  bench.py prepare --out DIR    where tconv is built: compiles everything into DIR
  bench.py run DIR              where the GPU is: needs DIR, PyTorch and the CUDA driver only

A run has three parts: micro-tests of what the emulator models, layers at the edges of kernels
against PyTorch in float64, and the times of real layers. It prints a table, writes DIR/results.json,
and ends with status 1 if something is wrong, 77 if there is no GPU."""

import argparse
import json
import pathlib
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

MOST_BYTES = 60 << 20  # what may be carried to a machine with a GPU


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    prepare = commands.add_parser("prepare", help="compile layers and micro-tests")
    prepare.add_argument("--out", required=True, type=pathlib.Path)
    prepare.add_argument("--tools", type=pathlib.Path, default=HERE.parents[1] / "build/bin",
                         help="where tconv-compile and tconv-run are")
    prepare.add_argument("--runtime", type=pathlib.Path,
                         default=HERE.parents[1] / "build/lib/libtconv-device.so")
    prepare.add_argument("--arch", default="sm_80,sm_90", help="architectures to compile for")
    prepare.add_argument("--layers", type=pathlib.Path,
                         default=HERE.parent / "layers/models.txt", help="the layers to time")
    prepare.add_argument("--edges", type=pathlib.Path, default=HERE / "edges.txt")
    prepare.add_argument("--types", default="f16,bf16,tf32,f32", help="what layers are timed in")
    prepare.add_argument("--filter", default="", help="only layers with this in their names")
    run = commands.add_parser("run", help="test and time on a GPU")
    run.add_argument("dir", type=pathlib.Path)
    run.add_argument("--skip-speed", action="store_true", help="only the tests")
    run.add_argument("--seconds", type=float, default=0.2, help="for each time measured")
    return parser.parse_args()


def prepare(options):
    from prepare import prepare_all
    options.out.mkdir(parents=True, exist_ok=True)
    manifest = prepare_all(options)
    for script in ("bench.py", "device.py", "layers.py", "measure.py"):
        shutil.copy(HERE / script, options.out)
    shutil.copy(options.runtime, options.out)
    (options.out / "manifest.json").write_text(json.dumps(manifest, indent=1))
    size = sum(file.stat().st_size for file in options.out.rglob("*") if file.is_file())
    print(f"{options.out}: {size / 2**20:.1f} MiB")
    if size > MOST_BYTES:
        print(f"error: expected at most {MOST_BYTES >> 20} MiB: choose fewer types or layers")
        return 1
    return 0


def run(options):
    from device import Device, Unsupported
    try:
        device = Device(str(options.dir / "libtconv-device.so"))
    except Unsupported as reason:
        print(f"error: {reason}")
        return 77
    import measure
    manifest = json.loads((options.dir / "manifest.json").read_text())
    print(f"{device.name()}, {measure.describe_machine()}")
    bench = measure.Bench(device, options.dir, options.seconds)
    failed = bench.run_micro_tests(manifest["micro_tests"])
    failed += bench.run_edges(manifest["edges"])
    rows = [] if options.skip_speed else bench.time_layers(manifest["layers"])
    failed += sum(not row["correct"] for row in rows)
    results = {"device": device.name(), "machine": measure.describe_machine(), "failed": failed,
               "layers": rows}
    (options.dir / "results.json").write_text(json.dumps(results, indent=1))
    print(f"{failed} failed")
    return 1 if failed else 0


def main():
    options = parse_options()
    return prepare(options) if options.command == "prepare" else run(options)


if __name__ == "__main__":
    sys.exit(main())
