"""torch.compile(model, backend="tconv")."""

import copy

import pytest
import tconv.torch
import torch
from torch import nn
from torch.testing._internal.common_methods_invocations import op_db

TAKEN = torch.ops.tconv.conv_transpose.default
OPERATIONS = [op for op in op_db if op.name.startswith("nn.functional.conv_transpose")]


class Graphs:
    """A backend behind tconv's that keeps what it gets, and runs it as it is."""

    def __init__(self):
        self.graphs = []

    def __call__(self, module, inputs, **options):
        self.graphs.append(module)
        return module.forward

    def taken(self):
        """The activation of each layer that was taken."""
        return [node.args[8] for graph in self.graphs for node in graph.graph.nodes if node.target is TAKEN]

    def calls(self):
        return [node for graph in self.graphs for node in graph.graph.nodes if node.op.startswith("call")]


def compile_to(graphs, function, **options):
    return torch.compile(function, backend="tconv", options={"backend": graphs}, **options)


def generator():
    return nn.Sequential(
        nn.ConvTranspose2d(4, 8, 4, 2, 1, bias=False),
        nn.BatchNorm2d(8),
        nn.ReLU(True),
        nn.ConvTranspose2d(8, 4, 4, 2, 1),
        nn.LeakyReLU(0.2),
        nn.ConvTranspose2d(4, 3, 4, 2, 1),
        nn.Tanh(),
    )


def test_is_a_registered_backend():
    assert "tconv" in torch._dynamo.list_backends()


@pytest.mark.parametrize("op", OPERATIONS, ids=lambda op: op.name.rpartition(".")[2])
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16, torch.float16, torch.float64], ids=str)
def test_agrees_on_pytorchs_samples(op, dtype):
    for sample in op.sample_inputs("cpu", dtype):
        graphs = Graphs()
        torch._dynamo.reset()
        operands = sample.input, *sample.args
        compiled = compile_to(graphs, lambda *operands: op.op(*operands, **sample.kwargs))
        ours = compiled(*operands)
        wide = [operand.double() if isinstance(operand, torch.Tensor) else operand for operand in operands]
        theirs = op(*wide, **sample.kwargs)
        rtol, atol = {torch.bfloat16: (1.6e-2, 1e-3), torch.float16: (2e-3, 1e-3)}.get(dtype, (2e-5, 2e-4))
        torch.testing.assert_close(ours.double(), theirs, rtol=rtol, atol=atol)
        assert graphs.taken() == ["none"]


def test_takes_layers_and_what_can_be_fused():
    graphs, model, x = Graphs(), generator().eval(), torch.randn(2, 4, 3, 3)
    compiled = compile_to(graphs, model)
    with torch.no_grad():
        torch.testing.assert_close(compiled(x), model(x), rtol=1e-4, atol=1e-5)
    assert graphs.taken() == ["none", "leaky_relu", "tanh"]
    assert len(graphs.calls()) == 5  # and the normalization with its activation


ACTIVATIONS = {
    "relu": [torch.relu, torch.nn.functional.relu, lambda y: y.relu(), nn.ReLU(True), lambda y: y.relu_()],
    "leaky_relu": [lambda y: torch.nn.functional.leaky_relu(y, 0.3), nn.LeakyReLU(0.1, inplace=True)],
    "tanh": [torch.tanh, lambda y: y.tanh(), nn.Tanh()],
    "sigmoid": [torch.sigmoid, lambda y: y.sigmoid(), nn.Sigmoid()],
    "silu": [torch.nn.functional.silu, nn.SiLU(True)],
    "gelu": [torch.nn.functional.gelu, nn.GELU()],
    "none": [
        lambda y: torch.nn.functional.gelu(y, approximate="tanh"),
        lambda y: torch.relu(y) + y,  # y is used twice
        lambda y: torch.nn.functional.hardtanh(y),
        lambda y: torch.maximum(y, torch.zeros(())),
    ],
}


@pytest.mark.parametrize(
    "name, number", [(name, number) for name, each in ACTIVATIONS.items() for number in range(len(each))]
)
def test_fuses_activations(name, number):
    graphs, activation = Graphs(), ACTIVATIONS[name][number]
    x, w = torch.randn(1, 2, 4, 4), torch.randn(2, 3, 3, 3)
    compiled = compile_to(graphs, lambda x, w: activation(torch.conv_transpose2d(x, w, stride=2)))
    theirs = activation(torch.conv_transpose2d(x, w, stride=2))
    torch.testing.assert_close(compiled(x, w), theirs, rtol=1e-4, atol=1e-5)
    assert graphs.taken() == [name]


def test_trains():
    model = generator()
    other, x = copy.deepcopy(model), torch.randn(2, 4, 3, 3)
    compiled = torch.compile(model, backend="tconv", options={"backend": "aot_eager"})
    for step in range(2):
        for module, call in ((model, compiled), (other, other)):
            optimizer = torch.optim.SGD(module.parameters(), lr=0.05)
            optimizer.zero_grad()
            call(x).square().mean().backward()
            optimizer.step()
    for ours, theirs in zip(model.parameters(), other.parameters()):
        torch.testing.assert_close(ours, theirs, rtol=1e-3, atol=1e-4)


def test_leaves_sizes_open():
    graphs, model = Graphs(), generator().eval()
    compiled = compile_to(graphs, model, dynamic=True)
    with torch.no_grad():
        for shape in ((1, 4, 3, 3), (2, 4, 5, 4), (3, 4, 7, 9)):
            x = torch.randn(shape)
            torch.testing.assert_close(compiled(x), model(x), rtol=1e-4, atol=1e-5)
    assert len(graphs.graphs) <= 2  # a batch of 1 is a graph of its own


def test_takes_sizes_that_are_computed():
    def make(x, size):
        more = size - 2 * x.shape[-1]
        return torch.conv_transpose1d(x, torch.ones(1, 1, 3), stride=2, output_padding=more)

    sized = compile_to(Graphs(), make, dynamic=True)
    for length in (4, 7):
        assert sized(torch.ones(1, 1, length), 2 * length + 1).shape == (1, 1, 2 * length + 2)


def test_leaves_replaced_modules_to_any_backend():
    graphs, model, x = Graphs(), generator().eval(), torch.randn(2, 4, 3, 3)
    with torch.no_grad():
        theirs = model(x)
        compiled = torch.compile(tconv.torch.replace(model), backend=graphs, fullgraph=True)
        torch.testing.assert_close(compiled(x), theirs, rtol=1e-4, atol=1e-5)
    assert graphs.taken() == ["none"] * 3


def test_hands_the_rest_to_inductor():
    if not any(__import__("shutil").which(name) for name in ("g++", "clang++", "c++")):
        pytest.skip("inductor needs a C++ compiler")
    model, x = generator().eval(), torch.randn(2, 4, 3, 3)
    with torch.no_grad():
        compiled = torch.compile(model, backend="tconv")
        torch.testing.assert_close(compiled(x), model(x), rtol=1e-4, atol=1e-5)
        model[0].weight.mul_(2)
        torch.testing.assert_close(compiled(x), model(x), rtol=1e-4, atol=1e-5)
