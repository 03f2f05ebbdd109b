"""torch.compile(model, backend="tconv"): transposed convolutions by tconv, the rest by another backend."""

import torch
from torch.nn import functional as F

from . import ops
from .functional import changes

_LAYERS = {
    torch.conv_transpose1d: 1,
    torch.conv_transpose2d: 2,
    torch.conv_transpose3d: 3,
    F.conv_transpose1d: 1,
    F.conv_transpose2d: 2,
    F.conv_transpose3d: 3,
}
_LAYER_ARGUMENTS = {
    "input": None,
    "weight": None,
    "bias": None,
    "stride": 1,
    "padding": 0,
    "output_padding": 0,
    "groups": 1,
    "dilation": 1,
}
# Activations by what a graph calls, with the arguments behind the tensor and the defaults they have to
# have, if the kernel is to compute them; "inplace" makes no difference to a tensor that nobody else has.
_ACTIVATIONS = {
    "relu": (torch.relu, torch.relu_, F.relu, F.relu_, "relu", "relu_"),
    "leaky_relu": (F.leaky_relu, F.leaky_relu_, torch._C._nn.leaky_relu),
    "tanh": (torch.tanh, torch.tanh_, F.tanh, "tanh", "tanh_"),
    "sigmoid": (torch.sigmoid, torch.sigmoid_, F.sigmoid, "sigmoid", "sigmoid_"),
    "silu": (F.silu,),
    "gelu": (F.gelu, torch._C._nn.gelu),
}
_NAME_OF = {target: name for name, targets in _ACTIVATIONS.items() for target in targets}


def _arguments(node, defaults):
    """The arguments of a call by name; None if there are others."""
    values = dict(defaults)
    values.update(zip(defaults, node.args))
    if len(node.args) > len(defaults) or not set(node.kwargs) <= set(defaults):
        return None
    values.update(node.kwargs)
    return values


def _activation_behind(node):
    """The only user of a node with its activation and slope, if it is one that kernels compute."""
    if len(node.users) != 1:
        return None
    (user,) = node.users
    name = _NAME_OF.get(user.target) if user.op in ("call_function", "call_method") else None
    if name is None:
        return None
    extra = {
        "leaky_relu": {"input": None, "negative_slope": 0.01, "inplace": False},
        "gelu": {"input": None, "approximate": "none"},
    }.get(name, {"input": None, "inplace": False})
    values = _arguments(user, extra)
    if values is None or values["input"] is not node or values.get("approximate", "none") != "none":
        return None
    slope = values.get("negative_slope", 0.01)
    return (user, name, float(slope)) if isinstance(slope, (int, float)) else None


def _rank_of(node, values):
    """The number of spatial dimensions, and whether the input has a batch; None if it has neither form."""
    rank = _LAYERS[node.target]
    example = values["input"].meta.get("example_value")
    if example is None or example.dim() not in (rank + 1, rank + 2):
        return None
    return rank, example.dim() == rank + 2


def _spread(value, rank):
    """A number, a size of the graph or a list of them, for each dimension."""
    numbers = list(value) if isinstance(value, (tuple, list)) else [value]
    return numbers * rank if len(numbers) == 1 else numbers


def _changes(weight):
    example = weight.meta.get("example_value")
    return example is None or changes(example)


def _take(graph, node):
    """Puts the operation in the place of a call, and of an activation behind it."""
    values = _arguments(node, _LAYER_ARGUMENTS)
    found = _rank_of(node, values) if values else None
    if found is None:
        return
    rank, has_batch = found
    names = ("stride", "padding", "output_padding", "dilation")
    stride, padding, output_padding, dilation = (_spread(values[name], rank) for name in names)
    behind = _activation_behind(node)
    last, name, slope = behind or (node, "none", 0.01)
    with graph.inserting_before(last):
        x = values["input"]
        arguments = (
            x if has_batch else graph.call_function(torch.unsqueeze, (x, 0)),
            values["weight"],
            values["bias"],
            stride,
            padding,
            output_padding,
            values["groups"],
            dilation,
            name,
            slope,
            _changes(values["weight"]),
        )
        taken = graph.call_function(torch.ops.tconv.conv_transpose.default, arguments)
        if not has_batch:
            taken = graph.call_function(torch.squeeze, (taken, 0))
    taken.meta = dict(last.meta)
    last.replace_all_uses_with(taken)
    graph.erase_node(last)
    if last is not node:
        graph.erase_node(node)


def compile_graph(module, inputs, *, options=None, mode=None, **rest):
    """The backend "tconv" of torch.compile.

    Takes the transposed convolutions of a graph, each with an activation behind it that its kernel can
    compute, and hands the graph to another backend: torch.compile(model, backend="tconv",
    options={"backend": "eager"}); "inductor" by default. Other options are that backend's.
    """
    options = dict(options or {})
    backend = options.pop("backend", "inductor")
    for node in list(module.graph.nodes):
        if node.op == "call_function" and node.target in _LAYERS:
            _take(module.graph, node)
    module.graph.lint()
    module.recompile()
    if callable(backend):
        return backend(module, inputs, **rest)
    if backend == "inductor" and (options or mode):
        return torch._TorchCompileInductorWrapper(mode, options, None)(module, inputs)
    return torch._dynamo.lookup_backend(backend)(module, inputs, **({"options": options} if options else {}))


assert ops
