# REQUIRES: numpy
# RUN: env PYTHONPATH=%S/Inputs %python -B %s tconv-run %t.auto
# RUN: env PYTHONPATH=%S/Inputs %python -B %s tconv-run %t.phases --seed=1 --count=20 -- --algorithm=phases
# RUN: env PYTHONPATH=%S/Inputs %python -B %s tconv-run %t.gpu --seed=2 --count=10 -- --target=emulated

"""Layers of every rank and layout between pads, crops, transposes, and ops that scale and shift
channels, as front ends write them: layers take them along, and compute what numpy computes. All
numbers are whole and small, so that results are equal bit for bit."""

import random
import sys

import modules
import numpy
import oracle


class Chain:
    """The text of a function that grows op by op, and the value that it computes."""

    def __init__(self, draw, array):
        self.draw, self.array, self.lines, self.number = draw, array, [], 0
        self.value, self.head = "%x", f"%x: {modules.tensor_type(array)}"

    def type(self):
        return modules.tensor_type(self.array)

    def emit(self, op, array):
        """Appends an op with `{v}` for the value so far, `{t}` and `{r}` for the types."""
        self.number += 1
        before, self.array = self.type(), array.astype(numpy.float32)
        text = op.format(v=self.value, t=before, r=self.type(), n=self.number)
        self.value = f"%v{self.number}"
        self.lines.append(text.replace("%result", self.value))

    def constant(self, array):
        self.number += 1
        name = f"%c{self.number}"
        values = array.astype(numpy.float32)
        self.lines.append(f"{name} = arith.constant dense<{values.tolist()}> : "
                          f"{modules.tensor_type(values)}")
        return name, modules.tensor_type(values)

    def pad(self, dims):
        low, high = [0] * self.array.ndim, [0] * self.array.ndim
        for dim in dims:
            low[dim], high[dim] = self.draw.randint(0, 2), self.draw.randint(0, 2)
        names = ", ".join(f"%i{dim}: index" for dim in range(self.array.ndim))
        self.emit(f"%zero{{n}} = arith.constant 0.0 : f32\n%result = tensor.pad {{v}} low{low} "
                  f"high{high} {{{{\n^bb0({names}):\ntensor.yield %zero{{n}} : f32\n}}}} "
                  ": {t} to {r}", numpy.pad(self.array, list(zip(low, high))))

    def crop(self, dims):
        first, sizes = [0] * self.array.ndim, list(self.array.shape)
        for dim in dims:
            first[dim] = self.draw.randint(0, min(2, sizes[dim] - 1))
            sizes[dim] = self.draw.randint(1, sizes[dim] - first[dim])
        part = self.array[tuple(slice(at, at + size) for at, size in zip(first, sizes))]
        self.emit(f"%result = tensor.extract_slice {{v}}{first} {sizes} {[1] * len(sizes)} "
                  ": {t} to {r}", part)

    def transpose(self, permutation):
        moved = numpy.transpose(self.array, permutation).astype(numpy.float32)
        self.emit(f"%e{{n}} = tensor.empty() : {{r}}\n%result = linalg.transpose ins({{v}} : {{t}}) "
                  f"outs(%e{{n}} : {{r}}) permutation = {list(permutation)}", moved)

    def layer(self, last, draws):
        """A layer whose filter is a constant, so that it can take scales."""
        random_layer = draws(self.array.shape)
        if min(oracle.output_sizes(random_layer)) < 1:
            return False
        groups, cin = random_layer["groups"], self.array.shape[-1 if last else 1]
        w = oracle.whole_numbers(numpy.random.default_rng(self.number + cin),
                                 (cin, random_layer["outputs"], *random_layer["kernel"]), "f32")
        name, filter_type = self.constant(w)
        y = oracle.scatter(self.array, w, None, random_layer)
        layout = " channels_last" if last else ""
        padding = [list(pair) for pair in zip(random_layer["begin"], random_layer["end"])]
        self.emit(f"%result = tconv.conv_transpose {{v}}, {name} stride {random_layer['stride']} "
                  f"padding {padding} dilation {random_layer['dilation']} groups {groups}{layout} "
                  f": ({{t}}, {filter_type}) -> {{r}}", y)
        return True

    def scale(self, dim):
        """One of the ways to multiply by or to add a number for each channel."""
        op, function = self.draw.choice([("arith.mulf", numpy.multiply), ("arith.addf", numpy.add),
                                         ("arith.subf", numpy.subtract)])
        numbers = numpy.array([self.draw.choice([-2, -1, 1, 2]) for _ in
                               range(self.array.shape[dim])], numpy.float32)
        shape = [1] * self.array.ndim
        shape[dim] = -1
        result = function(self.array, numbers.reshape(shape))
        rank = self.array.ndim
        loops = ", ".join(f"d{loop}" for loop in range(rank))
        identity = f"affine_map<({loops}) -> ({loops})>"
        if self.draw.random() < 0.3:  # all of them, written out
            name, _ = self.constant(numpy.broadcast_to(numbers.reshape(shape), self.array.shape))
            self.emit(f"%result = {op} {{v}}, {name} : {{t}}", result)
            return
        unit = self.draw.random() < 0.5
        name, operand = self.constant(numbers.reshape(shape) if unit else numbers)
        at = ", ".join(f"d{dim}" if loop == dim else "0" for loop in range(rank)) if unit else \
            f"d{dim}"
        others = f"affine_map<({loops}) -> ({at})>"
        kinds = ", ".join(['"parallel"'] * rank)
        self.emit(f"%e{{n}} = tensor.empty() : {{r}}\n%result = linalg.generic {{{{indexing_maps = "
                  f"[{identity}, {others}, {identity}], iterator_types = "
                  f"[{kinds}]}}}} ins({{v}}, {name} : {{t}}, {operand}) "
                  f"outs(%e{{n}} : {{r}}) {{{{\n^bb0(%a: f32, %b: f32, %o: f32):\n"
                  f"%s = {op} %a, %b : f32\nlinalg.yield %s : f32\n}}}} -> {{r}}", result)

    def relu(self):
        name, _ = self.constant(numpy.zeros(self.array.shape))
        self.emit(f"%result = arith.maximumf {{v}}, {name} : {{t}}", numpy.maximum(self.array, 0))


def draw_layer(draw, last):
    def draws(shape):
        spatial = len(shape) - 2
        groups = draw.choice([g for g in (1, 1, 2, 3) if shape[-1 if last else 1] % g == 0])
        pick = lambda first, end: [draw.randint(first, end) for _ in range(spatial)]
        return dict(input=list(shape[1:-1] if last else shape[2:]), kernel=pick(1, 4),
                    stride=pick(1, 3), begin=pick(-1, 2), end=pick(-1, 2), dilation=pick(1, 2),
                    output_padding=[0] * spatial, groups=groups, outputs=draw.randint(1, 3),
                    channels_last=last)
    return draws


def make_case(name, draw):
    rank = draw.choice([3, 3, 4, 4, 5])
    shape = [draw.randint(1, 2), draw.choice([2, 3, 6])] + \
        [draw.randint(1, 4) for _ in range(rank - 2)]
    x = oracle.whole_numbers(numpy.random.default_rng(draw.randint(0, 1 << 30)), shape, "f32")
    chain = Chain(draw, x.astype(numpy.float32))
    last = draw.random() < 0.5
    spatial = range(1, rank - 1) if last else range(2, rank)
    transposes = last and draw.random() < 0.7
    if last:
        chain.transpose([0, *range(2, rank), 1])
    if draw.random() < 0.5:
        chain.pad(spatial)
    if not chain.layer(last, draw_layer(draw, last)):
        return None
    steps = [lambda: chain.scale(rank - 1 if last else 1), lambda: chain.crop(spatial),
             lambda: chain.scale(draw.randrange(rank)), chain.relu]
    for _ in range(draw.randint(0, 3)):
        draw.choices(steps, [4, 2, 1, 1])[0]()
    if transposes:
        chain.transpose([0, rank - 1, *range(1, rank - 1)])
        if draw.random() < 0.5:
            chain.scale(1)
    body = "\n".join(chain.lines)
    module = f"func.func @main({chain.head}) -> {chain.type()} {{\n{body}\n" \
             f"return {chain.value} : {chain.type()}\n}}\n"
    return modules.Case(name, module, [x.astype(numpy.float32)], chain.array)


def make_upsampled(name, draw):
    """A convolution of repeated elements, which becomes a layer with summed taps."""
    factors, kernel = [[draw.randint(1, 3) for _ in range(2)] for _ in range(2)]
    factors[draw.randrange(2)] = 2
    sizes, pads = [draw.randint(2, 4) for _ in range(2)], [draw.randint(0, 2) for _ in range(2)]
    random_numbers = numpy.random.default_rng(draw.randint(0, 1 << 30))
    x = oracle.whole_numbers(random_numbers, (2, 3, *sizes), "f32").astype(numpy.float32)
    w = oracle.whole_numbers(random_numbers, (4, 3, *kernel), "f32").astype(numpy.float32)
    large = x.repeat(factors[0], axis=2).repeat(factors[1], axis=3)
    padded = numpy.pad(large, [(0, 0), (0, 0), (pads[0], 0), (pads[1], 1)])
    windows = numpy.lib.stride_tricks.sliding_window_view(padded, kernel, axis=(2, 3))
    if 0 in windows.shape:
        return None
    y = numpy.einsum("nchwkl,ockl->nohw", windows, w).astype(numpy.float32)
    x_type, w_type, up, wide, y_type = map(modules.tensor_type, (x, w, large, padded, y))
    module = f"""
      func.func @main(%x: {x_type}) -> {y_type} {{
        %w = arith.constant dense<{w.tolist()}> : {w_type}
        %zero = arith.constant 0.0 : f32
        %f0 = arith.constant {factors[0]} : index
        %f1 = arith.constant {factors[1]} : index
        %e = tensor.empty() : {up}
        %up = linalg.generic {{
            indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>],
            iterator_types = ["parallel", "parallel", "parallel", "parallel"]}} outs(%e : {up}) {{
        ^bb0(%out: f32):
          %n = linalg.index 0 : index
          %c = linalg.index 1 : index
          %h = linalg.index 2 : index
          %v = linalg.index 3 : index
          %i = arith.divui %h, %f0 : index
          %j = arith.divui %v, %f1 : index
          %element = tensor.extract %x[%n, %c, %i, %j] : {x_type}
          linalg.yield %element : f32
        }} -> {up}
        %padded = tensor.pad %up low[0, 0, {pads[0]}, {pads[1]}] high[0, 0, 0, 1] {{
        ^bb0(%a: index, %b: index, %c: index, %d: index):
          tensor.yield %zero : f32
        }} : {up} to {wide}
        %e2 = tensor.empty() : {y_type}
        %zeros = linalg.fill ins(%zero : f32) outs(%e2 : {y_type}) -> {y_type}
        %y = linalg.conv_2d_nchw_fchw ins(%padded, %w : {wide}, {w_type})
            outs(%zeros : {y_type}) -> {y_type}
        return %y : {y_type}
      }}"""
    return modules.Case(name, module, [x], y)


def cases(seed, count):
    for number in range(count):
        make = make_upsampled if number % 5 == 0 else make_case
        case = make(f"n{seed}_{number}", random.Random(f"{seed}/{number}"))
        if case:
            yield case


if __name__ == "__main__":
    options = modules.parse_options(__doc__, seed=0, count=60)
    all_cases = list(cases(options.seed, options.count))
    sys.exit(modules.run(options.tool, options.folder, options.flags, all_cases))
