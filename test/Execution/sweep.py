# REQUIRES: numpy
# RUN: env PYTHONPATH=%S/Inputs %python -B %s --tool tconv-run --dir %t --algorithm phases
# RUN: env PYTHONPATH=%S/Inputs %python -B %s --tool tconv-run --dir %t --algorithm zero-insertion
# RUN: env PYTHONPATH=%S/Inputs %python -B %s --tool tconv-run --dir %t.early --algorithm phases \
# RUN:   --flag=--target=emulated
# RUN: env PYTHONPATH=%S/Inputs %python -B %s --tool tconv-run --dir %t.late --algorithm zero-insertion \
# RUN:   --flag=--target=emulated --flag=--emulator=async-copies=late,thread-order=random

"""Runs layers with every attribute, type, rank and layout, static and dynamic, and
compares with numpy. All inputs are whole numbers, so that results must be equal, bit for
bit. A layer is named by the reason it is here; a failure prints how to repeat it."""

import argparse
import json
import os
import shlex
import subprocess
import sys

import numpy
import oracle

# One spatial dimension unless a list says otherwise; what is left out is the default.
LAYERS = {
    "one_element": dict(input=1, kernel=1),
    "house_example": dict(input=[4, 4], kernel=[4, 4], stride=2, begin=1, end=1),
    "stride_equals_kernel": dict(input=[3, 2], kernel=[2, 3], stride=[2, 3]),
    "stride_above_kernel": dict(input=3, kernel=2, stride=5),
    "stride_above_kernel_leaves_bias": dict(input=3, kernel=2, stride=5, bias=True),
    "kernel_no_multiple_of_stride": dict(input=4, kernel=5, stride=3),
    "gcd_of_stride_and_dilation": dict(input=4, kernel=4, stride=4, dilation=6, bias=True),
    "dilation_multiple_of_stride": dict(input=5, kernel=3, stride=2, dilation=4),
    "dilation_above_input": dict(input=2, kernel=3, dilation=5),
    "asymmetric_padding": dict(input=[4, 5], kernel=[4, 3], stride=2, begin=[0, 2], end=[3, 0]),
    "negative_padding_grows": dict(input=3, kernel=3, stride=2, begin=-2, end=-5, bias=True),
    "begin_crops_end_grows": dict(input=5, kernel=3, stride=2, begin=6, end=-4),
    "crops_whole_taps": dict(input=4, kernel=6, stride=3, begin=5, end=5),
    "crops_to_one_element": dict(input=4, kernel=4, stride=2, begin=4, end=5),
    "reads_nothing_but_padding": dict(input=2, kernel=2, begin=-9, end=10, bias=True),
    "output_padding": dict(input=[3, 4], kernel=3, stride=[2, 3], begin=1, end=1, output_padding=1),
    "output_padding_below_dilation": dict(input=3, kernel=2, dilation=4, output_padding=3),
    "phases_as_a_loop": dict(input=3, kernel=[20], stride=17, begin=3, end=2),
    "phases_as_a_loop_2d": dict(input=[2, 3], kernel=[5, 6], stride=[5, 4], begin=1, end=2),
    "groups": dict(input=[3, 3], kernel=[3, 3], stride=2, groups=2, cin=4, cout=6, bias=True),
    "depthwise": dict(input=[4, 3], kernel=[3, 3], stride=2, begin=1, groups=5, cin=5, cout=5),
    "depthwise_with_multiplier": dict(input=6, kernel=3, stride=2, groups=3, cin=3, cout=6),
    "empty_batch": dict(input=3, kernel=3, stride=2, batch=0, bias=True),
    "batch_of_three": dict(input=[2, 2], kernel=[2, 2], stride=2, batch=3, cin=2, cout=3),
    "rank_3": dict(input=[2, 3, 2], kernel=[3, 2, 4], stride=[2, 1, 3], begin=[1, 0, 2], bias=True),
    "rank_3_dilated": dict(input=[2, 2, 3], kernel=[2, 3, 2], stride=2, dilation=[2, 1, 3], end=1),
    "large_stride": dict(input=3, kernel=2, stride=10007, begin=10000, end=3),
    "channels_fill_vectors": dict(input=3, kernel=4, stride=2, begin=1, end=1, cin=9, cout=17),
}
PER_DIMENSION = dict(stride=1, begin=0, end=0, dilation=1, output_padding=0)
DEFAULTS = dict(PER_DIMENSION, groups=1, cin=2, cout=3, batch=1, bias=False)
TYPES = ("f32", "f64", "f16", "bf16", "i8")


def complete(layer, channels_last):
    """The layer with the defaults put in and one number for each dimension."""
    dims = max(len(v) if isinstance(v, list) else 1 for v in layer.values())
    layer = {**DEFAULTS, **layer}
    for name in ("input", "kernel", *PER_DIMENSION):
        if not isinstance(layer[name], list):
            layer[name] = [layer[name]] * dims
    layer["channels_last"] = channels_last
    return layer


def shapes(layer):
    """Those of x, w, y and the bias."""
    data = lambda channels, sizes: [layer["batch"]] + (
        sizes + [channels] if layer["channels_last"] else [channels] + sizes
    )
    return {
        "x": data(layer["cin"], layer["input"]),
        "w": [layer["cin"], layer["cout"] // layer["groups"]] + layer["kernel"],
        "b": [layer["cout"]],
        "y": data(layer["cout"], oracle.output_sizes(layer)),
    }


def tensor_type(name, shape, dtype, dynamic, channel):
    sizes = [
        "?" if dynamic(name, dim, channel) else str(size) for dim, size in enumerate(shape)
    ]
    return f"tensor<{'x'.join(sizes)}x{dtype}>"


def channel_dimension(layer):
    """That of the channels in x and y."""
    return len(layer["input"]) + 1 if layer["channels_last"] else 1


def module(layer, dtype, dynamic, constants={}):
    """The layer's function; values of operands that are no arguments are given as text."""
    shape, result = shapes(layer), oracle.result_type(dtype)
    channel = channel_dimension(layer)
    types = {
        name: tensor_type(name, shape[name], dtype if name in "xw" else result, dynamic, channel)
        for name in shape
    }
    operands = ["x", "w", "b"] if layer["bias"] else ["x", "w"]
    arrays = {
        "stride": "stride", "padding_begin": "begin", "padding_end": "end",
        "dilation": "dilation", "output_padding": "output_padding",
    }
    attributes = [
        f"{name} = array<i64: {', '.join(map(str, layer[key]))}>" for name, key in arrays.items()
    ]
    attributes.append(f"groups = {layer['groups']} : i64")
    layout = "channels_last" if layer["channels_last"] else "channels_first"
    attributes.append(f"layout = #tconv.layout<{layout}>")
    if "zero_points" in layer:
        for name, number in zip(("input_zero_point", "filter_zero_point"), layer["zero_points"]):
            attributes.append(f"{name} = {number} : i64")
        if layer["zero_points"][2]:
            attributes.append("input_unsigned")
    if "schedule" in layer:
        attributes.append(f"schedule = #tconv.schedule<{layer['schedule']}>")
    if "gpu_schedule" in layer:
        attributes.append(f"schedule = #tconv.gpu_schedule<{layer['gpu_schedule']}>")
    constants = {name: value for name, value in constants.items() if name in operands}
    arguments = ", ".join(f"%{name}: {types[name]}" for name in operands if name not in constants)
    definitions = "".join(
        f"  %{name} = arith.constant dense<{value}> : {types[name]}\n"
        for name, value in constants.items()
    )
    names = ", ".join(f"%{name}" for name in operands)
    signature = f"({', '.join(types[name] for name in operands)}) -> {types['y']}"
    return f"""func.func @main({arguments}) -> {types['y']} {{
{definitions}  %y = "tconv.conv_transpose"({names}) <{{{', '.join(attributes)}}}>
      : {signature}
  return %y : {types['y']}
}}
"""


# Which sizes of the operands, and of the result, are dynamic.
DYNAMIC = {
    "static": lambda name, dim, channel: False,
    "dynamic": lambda name, dim, channel: True,
    "partly": lambda name, dim, channel: dim % 2 == 0,
    "batch": lambda name, dim, channel: name in "xy" and dim == 0,
    "images": lambda name, dim, channel: name in "xy" and dim != channel,
}


def cases():
    """Each layer in one type, static and not, then each type."""
    for number, (name, layer) in enumerate(LAYERS.items()):
        for kind in ("static", "partly" if number % 4 == 0 else "dynamic"):
            last = (kind == "static") == (number % 2 == 0)
            yield f"{name}-{kind}", complete(layer, last), "f32", DYNAMIC[kind]
    for dtype in TYPES:
        for kind in ("static", "dynamic"):
            for name in ("groups", "gcd_of_stride_and_dilation"):
                layer = complete(LAYERS[name], kind == "static")
                yield f"{name}-{dtype}-{kind}", layer, dtype, DYNAMIC[kind]


class Case:
    def __init__(self, folder, number, name, layer, dtype, dynamic, constant=""):
        self.name = name
        path = lambda suffix: os.path.join(folder, name + suffix)
        self.module, self.output, self.status = path(".mlir"), path(".y.npy"), path(".status")
        random = numpy.random.default_rng(number)
        values = {
            key: oracle.whole_numbers(random, shapes(layer)[key], dtype)
            for key in ("xwb" if layer["bias"] else "xw")
        }
        if layer.get("nonfinite"):
            oracle.spoil(random, values["x"])
        y = oracle.scatter(values["x"], values["w"], values.get("b"), layer)
        self.expected = oracle.encode(y, oracle.result_type(dtype))
        constants = {key: str(oracle.literal(values.pop(key), dtype)) for key in constant}
        self.inputs = [path(f".{key}.npy") for key in values]
        for (key, value), file in zip(values.items(), self.inputs):
            kind = oracle.result_type(dtype) if key == "b" else dtype
            numpy.save(file, oracle.encode(value, kind))
        with open(self.module, "w") as file:
            file.write(module(layer, dtype, dynamic, constants))

    def manifest(self):
        return dict(id=self.name, mlir=self.module, inputs=self.inputs, output=self.output,
                    status=self.status)

    def clean(self):
        for path in (self.output, self.status):
            if os.path.exists(path):
                os.remove(path)

    def has_ended(self):
        return os.path.exists(self.output) or os.path.exists(self.status)

    def failure(self):
        """What is wrong with the result, or nothing."""
        if os.path.exists(self.status):
            with open(self.status) as file:
                return file.read().strip()
        if not os.path.exists(self.output):
            return "no result"
        y = numpy.load(self.output)
        if y.dtype != self.expected.dtype or y.shape != self.expected.shape:
            return f"expected {self.expected.dtype}{self.expected.shape}, got {y.dtype}{y.shape}"
        wrong = numpy.argwhere(~((y == self.expected) | ((y != y) & (self.expected != self.expected))))
        if not len(wrong):
            return None
        at = tuple(map(int, wrong[0]))
        numbers = f"expected {self.expected[at]}, got {y[at]}"
        return f"{len(wrong)} elements differ, the first at {at}: {numbers}"

    def repro(self, options):
        inputs = [word for path in self.inputs for word in ("--input", path)]
        return shlex.join([options.tool, self.module, *inputs, *tool_flags(options)])


def tool_flags(options):
    return [f"--algorithm={options.algorithm}", f"--threads={options.threads}", *options.flag]


def select_part(options, cases):
    """Those of one part: every Nth of the cases that have a type and a schedule in common."""
    part, parts = map(int, options.part.split("/"))
    turns = {}
    for case in cases:
        _, layer, dtype, *_ = case
        kind = dtype, layer.get("gpu_schedule")
        turns[kind] = turns.get(kind, TYPES.index(dtype)) + 1
        if turns[kind] % parts == part:
            yield case


def run_cases(options, cases, create=Case):
    """Runs all cases, as arguments of `Case` after the number, in batch mode: in one process. For
    each, what is wrong with its result, or nothing."""
    os.makedirs(options.dir, exist_ok=True)
    all_cases = [create(options.dir, number, *case)
                 for number, case in enumerate(select_part(options, cases))]
    for case in all_cases:
        case.clean()
    manifest = os.path.join(options.dir, "manifest.json")
    with open(manifest, "w") as file:
        json.dump({"cases": [case.manifest() for case in all_cases]}, file)
    status = subprocess.run([options.tool, "--batch", manifest, *tool_flags(options)]).returncode
    if status:
        sys.exit(f"the batch ended with status {status}")
    return {case: case.failure() for case in all_cases}


def run(options, cases, create=Case):
    """Runs all cases and prints those that fail."""
    failures = run_cases(options, cases, create)
    failed = {case: reason for case, reason in failures.items() if reason}
    for case, reason in failed.items():
        print(f"{case.name}: {reason}\n  repeat: {case.repro(options)}")
    print(f"{len(failures) - len(failed)} of {len(failures)} cases passed")
    return 1 if failed else 0


def options_parser(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--tool", required=True)
    parser.add_argument("--dir", required=True)
    parser.add_argument("--algorithm", default="auto")
    parser.add_argument("--threads", default="1")
    parser.add_argument("--part", default="0/1", metavar="I/N",
                        help="one of N parts of the cases, which mixes all kinds")
    parser.add_argument("--flag", action="append", default=[], help="of the tool, for all runs")
    return parser


def parse_options(description):
    return options_parser(description).parse_args()


if __name__ == "__main__":
    sys.exit(run(parse_options(__doc__), cases()))
