"""The steps that random modules are made of. Each gives a new value, or nothing if it does not fit."""

import graph
import numpy
import oracle


class Steps(graph.Graph):
    def add_step(self):
        steps = [self.add_layer, self.add_slice, self.add_concat, self.add_elementwise,
                 self.add_unary, self.add_cast, self.add_pad, self.add_transpose, self.add_reduction,
                 self.add_collapse, self.add_expand, self.add_reshape, self.add_insertion,
                 self.add_broadcast]
        for _ in range(20):
            value = self.draw.choice(steps)(self.pick())
            if value is not None:
                self.values.append(value)
                return

    def pick(self):
        """One of the last values, so that steps follow each other."""
        return self.draw.choice(self.values[-3:])

    def add_layer(self, x, filter_shape=None):
        if x.rank not in (3, 4) or min(x.array.shape) == 0:
            return None
        spatial, channels = x.rank - 2, x.array.shape[1]
        stride = [self.draw.randint(1, 3) for _ in range(spatial)]
        kernel = [self.draw.randint(1, 3) for _ in range(spatial)]
        groups = channels if self.draw.random() < 0.3 else 1
        shape = [channels, self.draw.randint(1, 2), *kernel]
        w = self.constant(shape) if self.draw.random() < 0.5 else self.add_argument(shape)
        layer = dict(channels_last=False, groups=groups, stride=stride, begin=[0] * spatial,
                     dilation=[1] * spatial, input=list(x.array.shape[2:]), kernel=kernel,
                     end=[0] * spatial, output_padding=[0] * spatial)
        y = self.result(oracle.scatter(x.array, w.array, None, layer), self.some_dims(x.rank))
        if y:
            self.emit(f"{y.name} = tconv.conv_transpose {x.name}, {w.name} stride {stride} "
                      f"groups {groups} : ({x.type}, {w.type}) -> {y.type}")
        return y

    def add_slice(self, x, beyond=0):
        """`beyond`: by how much the last slice is out of bounds, at run time."""
        offsets, sizes, strides = [], [], []
        for size in x.array.shape:
            stride = self.draw.randint(1, 2)
            count = self.draw.randint(1, (size + stride - 1) // stride)
            offsets.append(self.draw.randint(0, size - (count - 1) * stride - 1))
            sizes.append(count)
            strides.append(stride)
        cut = tuple(slice(o, o + n * s, s) for o, n, s in zip(offsets, sizes, strides))
        open_dims = self.some_dims(x.rank)
        y = self.result(x.array[cut], open_dims)
        if not y:
            return None
        at = [self.operand(o, x, beyond or self.draw.random() < 0.4) for o in offsets]
        if beyond:
            first_beyond = x.array.shape[-1] - (sizes[-1] - 1) * strides[-1]
            at[-1] = self.at_run_time(first_beyond + beyond - 1, x)
        n = [self.operand(n, x, dim in y.open) for dim, n in enumerate(sizes)]
        self.emit(f"{y.name} = tensor.extract_slice {x.name}[{', '.join(at)}] [{', '.join(n)}] "
                  f"[{', '.join(map(str, strides))}] : {x.type} to {y.type}")
        return y

    def add_concat(self, x, other=None):
        dim = self.draw.randrange(x.rank)
        if other is None:
            shape = list(x.array.shape)
            shape[dim] = self.draw.randint(1, 3)
            other = self.add_argument(shape)
        y = self.result(numpy.concatenate([x.array, other.array], dim), self.some_dims(x.rank))
        if y:
            self.emit(f"{y.name} = tensor.concat dim({dim}) {x.name}, {other.name} "
                      f": ({x.type}, {other.type}) -> {y.type}")
        return y

    def cast(self, x, open_dims):
        y = graph.Value(self.fresh("t"), x.array, open_dims)
        self.emit(f"{y.name} = tensor.cast {x.name} : {x.type} to {y.type}")
        return y

    def add_cast(self, x):
        return self.cast(x, self.some_dims(x.rank))

    def add_elementwise(self, x, other=None):
        op, function = self.draw.choice([("addf", numpy.add), ("mulf", numpy.multiply),
                                         ("maximumf", numpy.maximum), ("subf", numpy.subtract)])
        if other is None:
            same = [v for v in self.values if v.array.shape == x.array.shape]
            other = self.draw.choice(same)
        y = self.result(function(x.array, other.array), x.open)
        if y:
            other = other if other.type == x.type else self.cast(other, x.open)
            self.emit(f"{y.name} = arith.{op} {x.name}, {other.name} : {x.type}")
        return y

    def add_unary(self, x):
        y = self.result(-x.array, x.open)
        if y:
            out = self.empty(x)
            self.emit(f"{y.name} = linalg.negf ins({x.name} : {x.type}) outs({out} : {x.type}) "
                      f"-> {y.type}")
        return y

    def emit_linalg(self, y, op, x, attributes=""):
        out = self.empty(y)
        self.emit(f"{y.name} = linalg.{op} ins({x.name} : {x.type}) outs({out} : {y.type}) {attributes}")

    def add_pad(self, x, negative=False):
        low = [self.draw.randint(0, 2) for _ in x.array.shape]
        high = [self.draw.randint(0, 2) for _ in x.array.shape]
        y = self.result(numpy.pad(x.array, list(zip(low, high))), self.some_dims(x.rank))
        if not y:
            return None
        zero, indices = self.fresh("z"), ", ".join(f"%i{dim}: index" for dim in range(x.rank))
        front = [self.operand(n, x, dim in y.open) for dim, n in enumerate(low)]
        if negative:
            front[-1] = self.at_run_time(-1, x)
        back = [self.operand(n, x, dim in y.open) for dim, n in enumerate(high)]
        self.emit(f"{zero} = arith.constant 0.0 : f32")
        self.emit(f"{y.name} = tensor.pad {x.name} low[{', '.join(front)}] high[{', '.join(back)}] "
                  f"{{\n^bb0({indices}):\ntensor.yield {zero} : f32\n}} : {x.type} to {y.type}")
        return y

    def add_transpose(self, x):
        order = list(range(x.rank))
        self.draw.shuffle(order)
        y = self.result(x.array.transpose(order), [k for k, dim in enumerate(order) if dim in x.open])
        if y:
            self.emit_linalg(y, "transpose", x, f"permutation = {order}")
        return y

    def add_reduction(self, x):
        if x.rank < 2:
            return None
        dim = self.draw.randrange(x.rank)
        open_dims = [k - (k > dim) for k in x.open if k != dim]
        y = self.result(x.array.sum(dim), open_dims)
        if not y:
            return None
        zero, start, out = self.fresh("z"), self.fresh("s"), self.empty(y)
        self.emit(f"{zero} = arith.constant 0.0 : f32")
        self.emit(f"{start} = linalg.fill ins({zero} : f32) outs({out} : {y.type}) -> {y.type}")
        self.emit(f"{y.name} = linalg.reduce {{ arith.addf }} ins({x.name} : {x.type}) "
                  f"outs({start} : {y.type}) dimensions = [{dim}]")
        return y

    def add_broadcast(self, x):
        dim = self.draw.randint(0, x.rank)
        if x.rank > 3:
            return None
        array = numpy.repeat(numpy.expand_dims(x.array, dim), 2, axis=dim)
        y = self.result(array, [k + (k >= dim) for k in x.open])
        if y:
            self.emit_linalg(y, "broadcast", x, f"dimensions = [{dim}]")
        return y

    def add_collapse(self, x):
        if x.rank < 2:
            return None
        at = self.draw.randrange(x.rank - 1)
        shape = list(x.array.shape)
        groups = [[k] for k in range(at)] + [[at, at + 1]] + [[k] for k in range(at + 2, x.rank)]
        open_dims = [k for k, group in enumerate(groups) if x.open & set(group)]
        shape[at : at + 2] = [shape[at] * shape[at + 1]]
        y = self.result(x.array.reshape(shape), open_dims)
        if y:
            self.emit(f"{y.name} = tensor.collapse_shape {x.name} {groups} : {x.type} into {y.type}")
        return y

    def add_expand(self, x, wrong=False):
        if x.rank > 3:
            return None
        dim = self.draw.randrange(x.rank)
        size = x.array.shape[dim]
        factor = self.draw.choice([n for n in range(1, size + 1) if size % n == 0])
        shape = [*x.array.shape[:dim], factor, size // factor, *x.array.shape[dim + 1 :]]
        groups = [[k] for k in range(dim)] + [[dim, dim + 1]]
        groups += [[k + 1] for k in range(dim + 1, x.rank)]
        # Some part is open if the whole is, and none if it is not.
        open_dims = {k + (k > dim) for k in x.open if k != dim}
        if dim in x.open:
            open_dims |= set(self.draw.choice([[dim], [dim + 1], [dim, dim + 1]]))
        y = self.result(x.array.reshape(shape), open_dims)
        if not y or (wrong and dim not in x.open):
            return None
        sizes = [self.operand(n, x, k in y.open) for k, n in enumerate(shape)]
        if wrong:
            k = min({dim, dim + 1} & y.open)
            sizes[k] = self.at_run_time(shape[k] + self.draw.choice([1, 2]), x)
        self.emit(f"{y.name} = tensor.expand_shape {x.name} {groups} "
                  f"output_shape [{', '.join(sizes)}] : {x.type} into {y.type}")
        return y

    def add_reshape(self, x, wrong=0):
        size = x.array.size
        factor = self.draw.choice([n for n in range(1, size + 1) if size % n == 0])
        y = self.result(x.array.reshape(factor, size // factor), self.some_dims(2))
        if y:
            first = self.at_run_time(factor + wrong, x)
            shape, second = self.fresh("s"), self.at_run_time(size // factor, x)
            self.emit(f"{shape} = tensor.from_elements {first}, {second} : tensor<2xindex>")
            self.emit(f"{y.name} = tensor.reshape {x.name}({shape}) "
                      f": ({x.type}, tensor<2xindex>) -> {y.type}")
        return y

    def add_insertion(self, x, part=None):
        """Writes a value into the corner of another one."""
        if part is None:
            shape = [self.draw.randint(1, size) for size in x.array.shape]
            part = self.add_argument(shape)
        array = x.array.copy()
        array[tuple(slice(0, n) for n in part.array.shape)] = part.array
        y = self.result(array, x.open)
        if y:
            zeros, ones = ", ".join("0" * x.rank), ", ".join("1" * x.rank)
            sizes = [self.operand(n, x, k in part.open) for k, n in enumerate(part.array.shape)]
            self.emit(f"{y.name} = tensor.insert_slice {part.name} into {x.name}[{zeros}] "
                      f"[{', '.join(sizes)}] [{ones}] : {part.type} into {x.type}")
        return y
