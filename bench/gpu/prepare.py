"""Compiles layers and micro-tests for a machine with a GPU."""

import itertools
import re
import struct
import subprocess

import boxes
import conformance
import warpgroups
from layers import read_layers

ELEMENT = {"tf32": "f32"}
EDGE_TYPES = ["f16", "bf16", "f32", "f64", "tf32"]


def write_npy(path, words):
    """32-bit integers as a .npy file of version 1."""
    header = f"{{'descr': '<i4', 'fortran_order': False, 'shape': ({len(words)},), }}"
    header = header.ljust(117) + "\n"
    data = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode()
    path.write_bytes(data + struct.pack(f"<{len(words)}i", *words))


class Compiler:
    def __init__(self, options, total):
        self.options, self.total, self.done = options, total, 0

    def call(self, tool, *arguments):
        command = [str(self.options.tools / tool), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"error: {' '.join(command)}\n{done.stderr}")
        return done.stderr

    def compile(self, name, text, *flags, arch=None):
        """Writes name.tcgpu, and gives that name; says which of how many it is."""
        self.done += 1
        print(f"[{self.done}/{self.total}] {name}.tcgpu", flush=True)
        source = self.options.out / f"{name}.mlir"
        source.write_text(text)
        program = f"{name}.tcgpu"
        self.call("tconv-compile", source, "--target=cuda", f"--arch={arch or self.options.arch}",
                  "-o", self.options.out / program, *flags)
        return program

    def estimate(self, name, arch, allow_tf32):
        """The kernel that is chosen for an architecture, and its time by the cost model in microseconds;
        none if the fast tier does not take the layer."""
        remarks = self.call("tconv-opt", self.options.out / f"{name}.mlir", "-o", "/dev/null",
                            "-remarks-filter=tconv-select-gpu-schedule",
                            f"-tconv-select-gpu-schedule=arch={arch} allow-tf32={int(allow_tf32)}")
        kernel = re.search(r"kernel = (\w+)", remarks)
        time = re.search(r"estimated ([0-9.]+) us", remarks)
        return {"kernel": kernel[1], "us": float(time[1])} if kernel and time else None

    def compile_layer(self, layer, kind, channels_last):
        name = f"{layer.name}.{kind}.{'last' if channels_last else 'first'}"
        flags = ["--allow-tf32"] if kind == "tf32" else []
        text = layer.module(ELEMENT.get(kind, kind), channels_last)
        return {"layer": vars(layer), "type": kind, "channels_last": channels_last,
                "program": self.compile(name, text, *flags)}

    def compile_timed_layer(self, layer, kind, channels_last):
        """The same with what the cost model expects of each architecture."""
        entry = self.compile_layer(layer, kind, channels_last)
        name = entry["program"].removesuffix(".tcgpu")
        entry["estimates"] = {arch: self.estimate(name, arch, kind == "tf32")
                              for arch in self.options.arch.split(",")}
        return entry

    def micro_test(self, name, text, words, arch=None):
        """A test of all GPUs, or of those from an architecture on."""
        program = self.compile(name, text, arch=arch)
        paths = {part: self.options.out / f"{name}.{part}.npy" for part in ("input", "expected")}
        write_npy(paths["input"], words)
        self.call("tconv-run", self.options.out / f"{name}.mlir", "--target=emulated",
                  f"--input={paths['input']}", f"--output={paths['expected']}")
        return {"name": name, "program": program, "arch": arch,
                **{part: path.name for part, path in paths.items()}}


def micro_tests():
    """What tests of the emulator's operations are made of, and from which architecture on they run."""
    for tests, arch in ((conformance, None), (boxes, "sm_90"), (warpgroups, "sm_90a")):
        yield from ((test, arch) for test in tests.tests())


def prepare_all(options):
    """Compiles everything; the manifest says what there is."""
    tests = list(micro_tests())
    layers = [layer for layer in read_layers(options.layers) if options.filter in layer.name]
    variants = {
        part: list(itertools.product(of, kinds, (True, False)))
        for part, of, kinds in (("edges", read_layers(options.edges), EDGE_TYPES),
                                ("layers", layers, options.types.split(",")))
    }
    compiler = Compiler(options, len(tests) + sum(map(len, variants.values())))
    return {
        "micro_tests": [compiler.micro_test(*test, arch=arch) for test, arch in tests],
        "edges": [compiler.compile_layer(*variant) for variant in variants["edges"]],
        "layers": [compiler.compile_timed_layer(*variant) for variant in variants["layers"]],
    }
