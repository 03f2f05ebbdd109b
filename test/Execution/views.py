# REQUIRES: numpy
# RUN: env PYTHONPATH=%S/Inputs %python -B %s tconv-run %t.auto
# RUN: env PYTHONPATH=%S/Inputs %python -B %s tconv-run %t.phases --layers=1 -- --algorithm=phases --threads=2
# RUN: env PYTHONPATH=%S/Inputs %python -B %s tconv-run %t.zeros --layers=1 -- --algorithm=zero-insertion
# RUN: env PYTHONPATH=%S/Inputs %python -B %s tconv-run %t.gpu --calls=0 -- --target=emulated

"""Views as results, and handed on to a function or through a loop: the elements of a view are
those that it shows, wherever they stand in memory, for every kind of offset, size and stride."""

import sys

import modules
import numpy

X = numpy.arange(60, dtype=numpy.float32).reshape(3, 4, 5)

# What a view is of: text that gives %s of type {source}, from the argument %x, and its array.
SOURCES = {
    "argument": ("%s = tensor.cast %x : {x} to {source}", X),
    "constant": (f"%k = arith.constant dense<{X.tolist()}> : tensor<3x4x5xf32>\n"
                 "%s = tensor.cast %k : tensor<3x4x5xf32> to {source}", X),
    "sum": ("%t = arith.addf %x, %x : {x}\n%s = tensor.cast %t : {x} to {source}", 2 * X),
    # A filter of one tap that is 2, in groups of one channel.
    "layer": ("%w = arith.constant dense<2.0> : tensor<4x1x1xf32>\n"
              "%t = tconv.conv_transpose %x, %w groups 4 : ({x}, tensor<4x1x1xf32>) -> {x}\n"
              "%s = tensor.cast %t : {x} to {source}", 2 * X),
}
# Offsets, sizes and strides; a number is written as a constant, or comes from the sizes of x.
VIEWS = {
    "rows": [(0, 2, 1), (0, 4, 1), (0, 5, 1)],
    "columns": [(0, 3, 1), (0, 4, 1), (0, 3, 1)],
    "middle": [(0, 3, 1), (1, 2, 1), (0, 5, 1)],
    "corner": [(1, 2, 1), (1, 3, 1), (2, 3, 1)],
    "every_other": [(0, 3, 1), (0, 4, 1), (0, 3, 2)],
    "every_other_row": [(0, 2, 2), (1, 2, 2), (0, 5, 1)],
    "one_row": [(2, 1, 1), (3, 1, 1), (0, 5, 1)],
    "one_column": [(0, 3, 1), (0, 4, 1), (4, 1, 1)],
    "nothing": [(0, 3, 1), (0, 0, 1), (0, 5, 1)],
}
# What is done with the view %v of type {view}: text that gives %r, and functions beside it.
USES = {
    "returned": ("%r = tensor.cast %v : {view} to {view}", ""),
    "called": ("%r = func.call @twice(%v) {{no_inline}} : ({view}) -> {view}",
               "func.func private @twice(%v: {view}) -> {view} attributes {{no_inline}} {{\n"
               "%r = arith.addf %v, %v : {view}\nreturn %r : {view}\n}}\n"),
    "from_call": ("%r = func.call @id(%v) {{no_inline}} : ({view}) -> {view}",
                  "func.func private @id(%v: {view}) -> {view} attributes {{no_inline}} {{\n"
                  "return %v : {view}\n}}\n"),
    "looped": ("%r = scf.for %i = %c0 to %c3 step %c1 iter_args(%l = %v) -> {view} {{\n"
               "scf.yield %v : {view}\n}}", ""),
    "chosen": ("%b = arith.cmpi eq, %n0, %c3 : index\n%r = scf.if %b -> {view} {{\n"
               "scf.yield %v : {view}\n}} else {{\n%e = tensor.empty({empty}) : {view}\n"
               "scf.yield %e : {view}\n}}", ""),
    "reshaped": ("%c = tensor.collapse_shape %v [[0, 1, 2]] : {view} into tensor<{all}xf32>\n"
                 "%r = tensor.expand_shape %c [[0, 1, 2]] output_shape [{sizes}]\n"
                 ": tensor<{all}xf32> into {view}", ""),
}


def write_number(number, dynamic, definitions):
    """A constant, or a value that is computed from the size 3."""
    if not dynamic:
        return str(number)
    name = f"%d{number}"
    definitions[name] = f"%k{number} = arith.constant {number - 3} : index\n" \
                        f"{name} = arith.addi %n0, %k{number} : index\n"
    return name


def make_case(source, view, use, open_source, open_view):
    """`open_...`: whether sizes, and for a view all of its numbers, are known only at run time."""
    text, array = SOURCES[source]
    definitions = {}
    offsets, sizes, strides = [
        [write_number(number, open_view, definitions) for number in numbers]
        for numbers in zip(*VIEWS[view])
    ]
    shape = [size for _, size, _ in VIEWS[view]]
    view_type = "tensor<" + "x".join("?" if open_view else str(size) for size in shape) + "xf32>"
    source_type = modules.tensor_type(array, range(3) if open_source else ())
    names = dict(x=modules.tensor_type(X, [0]), source=source_type, view=view_type,
                 all="?" if open_view else numpy.prod(shape), sizes=", ".join(sizes),
                 empty=", ".join(sizes) if open_view else "")
    using, functions = USES[use]
    body = f"""%c0 = arith.constant 0 : index
%c1 = arith.constant 1 : index
%c3 = arith.constant 3 : index
%n0 = tensor.dim %x, %c0 : {{x}}
{"".join(definitions.values())}{text}
%v = tensor.extract_slice %s[{', '.join(offsets)}] [{', '.join(sizes)}] [{', '.join(strides)}]
  : {{source}} to {{view}}
{using}
return %r : {{view}}
"""
    module = functions + "func.func @main(%x: {x}) -> {view} {{\n" + body + "}}\n"
    slices = tuple(slice(at, at + size * step, step) for at, size, step in VIEWS[view])
    expected = numpy.ascontiguousarray(array[slices]) * (2 if use == "called" else 1)
    kinds = ["source"] * open_source + ["view"] * open_view
    name = "-".join([source, view, use, *kinds])
    return modules.Case(name, module.format(**names), [X], expected)


def cases(layers, calls):
    """Each view with two of the sources as a result, and with two of the other uses, all of them in
    turn; or each of a layer's result."""
    turn = 0
    uses = [use for use in USES if use != "returned" and (calls or "call" not in use)]
    for view in VIEWS:
        for open_source in (False, True):
            for open_view in (False, True):
                turn += 1
                if layers:
                    yield make_case("layer", view, "returned", open_source, open_view)
                    continue
                for source in (list(SOURCES)[turn % 4], list(SOURCES)[(turn + turn // 4 + 1) % 4]):
                    yield make_case(source, view, "returned", open_source, open_view)
                for use in (uses[turn % len(uses)], uses[(turn + 1) % len(uses)]):
                    yield make_case("sum", view, use, open_source, open_view)


if __name__ == "__main__":
    options = modules.parse_options(__doc__, layers=0, calls=1)
    all_cases = list(cases(options.layers, options.calls))
    sys.exit(modules.run(options.tool, options.folder, options.flags, all_cases))
