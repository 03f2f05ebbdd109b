"""Texts of modules: a layer, and the activation behind it."""

import math
import re
from functools import lru_cache

from . import _core
from .errors import InputError

# The types as descriptors call them.
_NAMES = {"f64": "f64", "f32": "f32", "f16": "f16", "bf16": "bf16", "i8": "int8"}

# Each makes %r of %v, of the type {t}; constants are {t} splats that `splat` writes.
_ACTIVATIONS = {
    "relu": [("zero", "0.0"), "%r = arith.maximumf %v, %zero : {t}"],
    "leaky_relu": [
        ("zero", "0.0"),
        ("slope", None),
        "%p = arith.cmpf oge, %v, %zero : {t}",
        "%m = arith.mulf %v, %slope : {t}",
        "%r = arith.select %p, %v, %m : {i1}, {t}",
    ],
    "tanh": ["%r = math.tanh %v : {t}"],
    "sigmoid": [
        ("one", "1.0"),
        "%n = arith.negf %v : {t}",
        "%e = math.exp %n : {t}",
        "%d = arith.addf %e, %one : {t}",
        "%r = arith.divf %one, %d : {t}",
    ],
    "silu": [
        ("one", "1.0"),
        "%n = arith.negf %v : {t}",
        "%e = math.exp %n : {t}",
        "%d = arith.addf %e, %one : {t}",
        "%r = arith.divf %v, %d : {t}",
    ],
    "gelu": [
        ("one", "1.0"),
        ("half", "0.5"),
        ("scale", "0.70710678118654752"),
        "%s = arith.mulf %v, %scale : {t}",
        "%e = math.erf %s : {t}",
        "%a = arith.addf %e, %one : {t}",
        "%h = arith.mulf %v, %half : {t}",
        "%r = arith.mulf %h, %a : {t}",
    ],
}

ACTIVATIONS = tuple(_ACTIVATIONS)

# What an activation of its own has if none is said.
DEFAULT_SLOPE = 0.01


def parse_activation(activation):
    """The name and the slope of None, a name, or ("leaky_relu", slope)."""
    name, slope = activation, DEFAULT_SLOPE
    if isinstance(activation, tuple) and len(activation) == 2 and activation[0] == "leaky_relu":
        name, slope = activation
    if name is not None and name not in _ACTIVATIONS:
        raise InputError(
            f"expected {', '.join(ACTIVATIONS)}, ('leaky_relu', slope) or None as the activation, got "
            f"{activation!r}"
        )
    if not math.isfinite(slope):
        raise InputError(f"expected a finite slope, got {slope}")
    return name, float(slope)


def _activation_lines(name, slope, tensor, element):
    """Lines that make %r of %y. Those of f16 and bf16 compute in f32 and round once."""
    narrow = element in ("f16", "bf16")
    wide = tensor.replace(element, "f32") if narrow else tensor
    types = {"t": wide, "i1": wide.replace("f32" if narrow else element, "i1")}
    lines = [f"%v = arith.extf %y : {tensor} to {wide}"] if narrow else []
    for line in _ACTIVATIONS[name]:
        if isinstance(line, tuple):
            constant, value = line
            value = f"{slope!r}" if value is None else value
            value = value if "." in value else value.replace("e", ".0e")
            lines.append(f"%{constant} = arith.constant dense<{value}> : {wide}")
        else:
            lines.append(line.format(**types) if narrow else line.format(**types).replace("%v", "%y"))
    if narrow:
        lines[-1] = lines[-1].replace("%r =", "%f =")
        lines.append(f"%r = arith.truncf %f : {wide} to {tensor}")
    return lines


def _add_activation(module, name, slope, element):
    found = re.search(r"\n  return %y : (\S+)\n", module)
    if element == "i8":
        raise InputError(f"expected no activation for a layer of i8, got {name}")
    lines = _activation_lines(name, slope, found[1], element)
    body = "".join(f"\n  {line}" for line in lines)
    return module.replace(found[0], f"{body}\n  return %r : {found[1]}\n")


def _sizes(values):
    return "x".join(str(value) for value in values)


def _paddings(padding):
    return "x".join(f"{begin}:{end}" for begin, end in padding)


@lru_cache(maxsize=4096)
def layer_module(
    batch,
    channels,
    sizes,
    kernel,
    element,
    *,
    stride,
    padding,
    output_padding,
    dilation,
    groups=1,
    bias=False,
    channels_last=False,
    activation=None,
    slope=DEFAULT_SLOPE,
    constant_weights=False,
    constant_bias=True,
):
    """The text of a module with one layer: `sizes` of the input, `channels` (Ci, Co), for each
    dimension the `kernel`, stride, (begin, end) of the padding, output padding and dilation. With
    `constant_weights` the filter and, with `constant_bias`, the bias are marked tconv.constant."""
    if element not in _NAMES:
        raise InputError(f"expected f64, f32, f16, bf16 or i8 as elements of a layer, got {element}")
    descriptor = (
        f"n{batch} ci{channels[0]} co{channels[1]} i{_sizes(sizes)} k{_sizes(kernel)} "
        f"s{_sizes(stride)} p{_paddings(padding)} d{_sizes(dilation)} op{_sizes(output_padding)} "
        f"g{groups} {'b ' if bias else ''}{'cl' if channels_last else 'cf'} {_NAMES[element]}"
    )
    module = _core.layer_to_module(descriptor, constant_weights)
    if bias and not constant_bias:
        module = re.sub(r"(%b: \S+) {tconv.constant}", r"\1", module)
    return module if activation is None else _add_activation(module, activation, slope, element)
