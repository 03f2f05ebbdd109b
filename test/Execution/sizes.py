# REQUIRES: numpy
# RUN: env PYTHONPATH=%S/Inputs %python -B %s --library %tconv_lib_dir/libtconv%shlibext

"""Runs compiled functions at random sizes in turn, also from several threads at once, and compares
with numpy, bit for bit: layers of each type, layout and family of kernels, with constant filters,
whose batch and image are dynamic. Sizes come again; runs take no more memory the longer it goes on;
sizes that do not fit are errors."""

import argparse
import ctypes
import itertools
import random
import sys
import threading

import numpy
import oracle
import winograd
from kernels import text
from random_layers import random_layer
from sweep import DYNAMIC, LAYERS, TYPES, complete, module, shapes

# Each with kernels of another family, and the schedule that has it chosen.
FAMILIES = {
    "output_channels": (dict(kernel=[4, 4], stride=2, begin=1, end=1, cin=9, cout=19, bias=True),
                        text("plain", (8, 6, 2, 24, 1, 0, 4))),
    "parts": (dict(kernel=[3, 5], stride=[2, 1], begin=[0, 2], cin=7, cout=11),
              text("plain", (8, 3, 1, 10, 2, 5, 2))),
    "fused": (dict(kernel=[3, 4], stride=2, begin=1, cin=5, cout=6, groups=1),
              text("plain", (8, 5, 2, 30, 1, 0, 4), fused=2)),
    "depthwise": (dict(kernel=[3, 4], stride=2, begin=1, groups=17, cin=17, cout=17),
                  text("plain", (8, 7, 2, 64, 1, 0, 1), family="depthwise")),
    "winograd": (dict(kernel=[4, 4], stride=2, begin=1, end=1, cin=9, cout=20, bias=True),
                 winograd.schedule(2, winograd.SIZES[1])),
    "rank_1": (dict(kernel=[6], stride=3, begin=4, end=-2, cin=8, cout=6),
               text("plain", (4, 6, 1, 20, 1, 0, 4))),
    "rank_3": (dict(kernel=[3, 2, 4], stride=[2, 1, 2], begin=[1, 0, 1], cin=7, cout=10),
               text("plain", (8, 6, 2, 50, 1, 0, 4))),
}


class Array(ctypes.Structure):
    _fields_ = [("data", ctypes.c_void_p), ("rank", ctypes.c_int),
                ("shape", ctypes.POINTER(ctypes.c_int64))]

    @staticmethod
    def of(values):
        shape = (ctypes.c_int64 * values.ndim)(*values.shape)
        return Array(values.ctypes.data, values.ndim, shape)


class Executable:
    def __init__(self, library, text, threads="2"):
        self.library = library
        options = ctypes.c_void_p(library.tconvOptionsCreate())
        self.check(library.tconvOptionsSet(options, b"threads", threads.encode()))
        self.check(library.tconvOptionsSet(options, b"cache", b"false"))
        self.handle, self.packed = ctypes.c_void_p(), ctypes.c_void_p()
        self.check(library.tconvCompile(text.encode(), options, ctypes.byref(self.handle)))
        library.tconvOptionsFree(options)

    def check(self, status):
        if status:
            raise RuntimeError(self.library.tconvGetError().decode())

    def run(self, inputs, like):
        """The result, of the rank and the type of another array."""
        arrays = (Array * len(inputs))(*map(Array.of, inputs))
        y = Array(None, like.ndim, (ctypes.c_int64 * like.ndim)())
        self.check(self.library.tconvExecutableRun(self.handle, self.packed, arrays,
                                                   ctypes.byref(y)))
        shape = tuple(y.shape[: y.rank])
        count = int(numpy.prod(shape))
        data = (ctypes.c_uint8 * (count * like.itemsize)).from_address(y.data or 1)
        values = numpy.frombuffer(bytes(data) if count else b"", like.dtype).reshape(shape)
        self.library.tconvArrayFree(ctypes.c_void_p(y.data))
        return values

    def pack(self, inputs):
        arrays = (Array * len(inputs))(*map(Array.of, inputs))
        self.check(self.library.tconvExecutablePack(self.handle, arrays,
                                                    ctypes.byref(self.packed)))


def open_library(path):
    library = ctypes.CDLL(path)
    library.tconvOptionsCreate.restype = ctypes.c_void_p
    library.tconvGetError.restype = ctypes.c_char_p
    return library


class Runs:
    """A layer at several sizes: what it gets, and what it must give."""

    def __init__(self, layer, dtype, sizes, seed):
        draw = numpy.random.default_rng(seed)
        fixed = {key: oracle.whole_numbers(draw, shapes(layer)[key], dtype)
                 for key in ("wb" if layer["bias"] else "w")}
        self.layer, self.dtype = layer, dtype
        self.constants = [oracle.encode(values, oracle.result_type(dtype) if key == "b" else dtype)
                          for key, values in fixed.items()]
        self.runs = []
        for batch, *image in sizes:
            here = dict(layer, batch=batch, input=image)
            x = oracle.whole_numbers(draw, shapes(here)["x"], dtype)
            y = oracle.scatter(x, fixed["w"], fixed.get("b"), here)
            self.runs.append((oracle.encode(x, dtype), oracle.encode(y, oracle.result_type(dtype))))

    def text(self):
        """With a filter and a bias that are the same in each run."""
        return module(dict(self.layer, batch=1), self.dtype, DYNAMIC["images"]).replace(
            f"x{self.dtype}>, %b", f"x{self.dtype}> {{tconv.constant}}, %b").replace(
            ">) -> tensor", "> {tconv.constant}) -> tensor", 1)

    def check(self, executable, order):
        for number in order:
            x, y = self.runs[number]
            got = executable.run([x, *self.constants], y)
            if got.shape != y.shape or not numpy.array_equal(got, y):
                raise AssertionError(f"n{x.shape}: expected {y.shape}, got {got.shape} or numbers")


def draw_sizes(draw, layer, count):
    """Batches and images of results that have elements; some of them large enough for many tiles."""
    sizes = []
    most = {1: 60, 2: 13, 3: 6}[len(layer["kernel"])]
    while len(sizes) < count:
        here = [draw.choice([0, 1, 1, 2, 3])] + [draw.randint(1, most) for _ in layer["kernel"]]
        if min(shapes(dict(layer, input=here[1:]))["y"][1:]) >= 1:
            sizes.append(here)
    return sizes


def cases(draw):
    """Layers of each family in each type and layout, layers with reasons, and random ones as they are
    scheduled."""
    for (name, (layer, schedule)), dtype in itertools.product(FAMILIES.items(), TYPES):
        if name == "winograd" and dtype == "i8":
            continue
        last = draw.random() < 0.5
        layer = complete(dict(layer, input=[1] * len(layer["kernel"])), last)
        yield f"{name}-{dtype}", dict(layer, schedule=schedule), dtype
    for number, (name, layer) in enumerate(LAYERS.items()):
        if not any(size > 1000 for size in complete(layer, True)["stride"]):
            yield name, complete(layer, number % 2 == 0), TYPES[number % len(TYPES)]
    for dtype, number in itertools.product(TYPES, range(8)):
        layer = random_layer(draw)
        if any(size < 1 for size in oracle.output_sizes(dict(layer, input=[30] * 3))):
            continue
        yield f"random-{number}-{dtype}", layer, dtype


def check_at_once(executable, runs, draw):
    """Several threads, each with sizes of its own in turn."""
    failures = []

    def work(order):
        try:
            runs.check(executable, order)
        except Exception as error:
            failures.append(error)

    numbers = range(len(runs.runs))
    threads = [threading.Thread(target=work, args=(draw.choices(numbers, k=12),))
               for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def check_case(library, name, layer, dtype, seed):
    draw = random.Random(f"{name} {seed}")
    own = [[layer["batch"], *layer["input"]]] if min(shapes(layer)["y"][1:]) > 0 else []
    runs = Runs(layer, dtype, own + draw_sizes(draw, layer, 6 - len(own)), seed)
    executable = Executable(library, runs.text())
    executable.pack([runs.runs[0][0], *runs.constants])
    runs.check(executable, draw.choices(range(6), k=12))
    check_at_once(executable, runs, draw)


def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096


def check_memory(library):
    """10,000 runs of 100 sizes."""
    layer = complete(dict(input=[1, 1], kernel=[4, 4], stride=2, begin=1, end=1, cin=3, cout=4), True)
    sizes = [(1 + number % 2, 1 + number // 10, 1 + number % 10) for number in range(100)]
    runs = Runs(layer, "f32", sizes, 0)
    executable = Executable(library, runs.text(), threads="1")
    inputs = [[x, *runs.constants] for x, _ in runs.runs]
    for number in range(10000):
        executable.run(inputs[number * 7 % 100], runs.runs[0][1])
        if number == 1000:
            before = resident()
    grown = resident() - before
    assert grown < 1 << 20, f"memory has grown by {grown} bytes in 9000 runs"


def check_errors(library):
    """Sizes of which there are no results, and those that are known."""
    layer = complete(dict(input=[1, 1], kernel=[2, 2], begin=3, cin=3, cout=4), False)
    runs = Runs(layer, "f32", [(1, 9, 9)], 0)
    executable = Executable(library, runs.text())
    for shape, message in (
        ((1, 3, 2, 9), "expected an output size of at least 1 in spatial dimension 0"),
        ((1, 5, 9, 9), "expected"),
    ):
        try:
            executable.run([numpy.zeros(shape, "f4"), *runs.constants], runs.runs[0][1])
        except RuntimeError as error:
            assert message in str(error), error
        else:
            raise AssertionError(f"{shape} was run")
    runs.check(executable, [0])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library", required=True)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    library = open_library(options.library)
    failed = count = 0
    for name, layer, dtype in cases(random.Random(options.seed)):
        count += 1
        try:
            check_case(library, name, layer, dtype, options.seed)
        except (AssertionError, RuntimeError) as error:
            failed += 1
            print(f"{name}: {error}")
    print(f"{count - failed} of {count} layers passed")
    check_memory(library)
    check_errors(library)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
