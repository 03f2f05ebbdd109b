"""Layers as descriptors (bench/README.md), their IR, and what PyTorch computes for them."""

import re

LIST_FIELDS = {"i": None, "k": None, "s": 1, "p": 0, "d": 1, "op": 0}


class Layer:
    """One transposed convolution: sizes and attributes, one number for each spatial dimension."""

    def __init__(self, name, text):
        self.name = name
        self.bias = False
        self.n, self.g = 1, 1
        lists = {}
        for word in text.split():
            match = re.fullmatch(r"(n|ci|co|g|i|k|s|p|d|op|o)(\d+(?:x\d+)*)", word)
            if word == "b":
                self.bias = True
            elif not match:
                raise ValueError(f"layer {name}: expected a field like ci64 or i8x8, got '{word}'")
            elif match[1] in ("n", "ci", "co", "g"):
                setattr(self, match[1], int(match[2]))
            else:
                lists[match[1]] = [int(size) for size in match[2].split("x")]
        rank = len(lists["i"])
        for field, default in LIST_FIELDS.items():
            sizes = lists.get(field, [default])
            setattr(self, field, sizes * rank if len(sizes) == 1 else sizes)
        self.o = [(i - 1) * s - 2 * p + d * (k - 1) + op + 1
                  for i, k, s, p, d, op in zip(self.i, self.k, self.s, self.p, self.d, self.op)]

    def shape_x(self, channels_last):
        return [self.n, *self.i, self.ci] if channels_last else [self.n, self.ci, *self.i]

    def shape_y(self, channels_last):
        return [self.n, *self.o, self.co] if channels_last else [self.n, self.co, *self.o]

    def shape_w(self):
        return [self.ci, self.co // self.g, *self.k]

    def multiply_adds(self):
        """Those that reach an output element; borders are cut dimension by dimension."""
        count = self.n * self.ci * self.co // self.g
        for i, k, s, p, d, o in zip(self.i, self.k, self.s, self.p, self.d, self.o):
            count *= sum(0 <= at * s - p + tap * d < o for at in range(i) for tap in range(k))
        return count

    def bytes(self, element_bytes):
        """x, w and y once, in bytes."""
        count = 1
        for size in self.shape_w():
            count *= size
        for shape in (self.shape_x(True), self.shape_y(True)):
            elements = 1
            for size in shape:
                elements *= size
            count += elements
        return count * element_bytes

    def module(self, element, channels_last):
        """The layer as a module, its filter and bias marked as constants."""
        def tensor(shape, kind=element):
            return "tensor<" + "x".join(map(str, shape)) + f"x{kind}>"
        result = "i32" if element == "i8" else element
        types = [tensor(self.shape_x(channels_last)), tensor(self.shape_w())]
        names = ["%x", "%w"]
        if self.bias:
            types.append(tensor([self.co], result))
            names.append("%b")
        arguments = [f"{name}: {kind}" + ("" if name == "%x" else " {tconv.constant}")
                     for name, kind in zip(names, types)]
        y = tensor(self.shape_y(channels_last), result)
        attributes = (f"stride {self.s} padding {self.p} dilation {self.d} "
                      f"output_padding {self.op} groups {self.g}"
                      + (" channels_last" if channels_last else ""))
        return (f"func.func @main({', '.join(arguments)}) -> {y} {{\n"
                f"  %y = tconv.conv_transpose {', '.join(names)} {attributes}\n"
                f"      : ({', '.join(types)}) -> {y}\n"
                f"  return %y : {y}\n}}\n")


def read_layers(path):
    """The layers of a list, one 'name: descriptor' or descriptor a line."""
    layers = []
    with open(path) as lines:
        for line in lines:
            line = line.split("#")[0].strip()
            if line:
                name, colon, text = line.partition(":")
                layers.append(Layer(name, text) if colon else Layer(line.replace(" ", "_"), line))
    return layers
