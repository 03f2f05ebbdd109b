"""tconv.torch.replace and the modules it makes."""

import copy
import io
import pickle

import pytest
import tconv.torch
import torch
from torch import nn
from torch.testing._internal.common_modules import module_db

CLASSES = {
    nn.ConvTranspose1d: tconv.torch.ConvTranspose1d,
    nn.ConvTranspose2d: tconv.torch.ConvTranspose2d,
    nn.ConvTranspose3d: tconv.torch.ConvTranspose3d,
}
MODULES = [info for info in module_db if info.module_cls in CLASSES]
assert len(MODULES) == 3


def layer(**options):
    return nn.ConvTranspose2d(4, 6, 3, stride=2, padding=1, groups=2, **options)


def pair(**options):
    """PyTorch's module, and one with the same numbers that tconv computes."""
    theirs = layer(**options)
    return theirs, tconv.torch.replace(copy.deepcopy(theirs))


def same(ours, theirs, x):
    torch.testing.assert_close(ours(x), theirs(x), rtol=2e-5, atol=2e-5)


X = torch.randn(2, 4, 5, 6)


@pytest.mark.parametrize("info", MODULES, ids=lambda info: info.module_cls.__name__)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64], ids=str)
@pytest.mark.parametrize("training", [False, True], ids=["eval", "train"])
def test_passes_pytorchs_module_samples(info, dtype, training):
    """Constructor, forward, gradients, pickling and repr for what PyTorch tests its own modules with."""
    for sample in info.module_inputs_func(info, "cpu", dtype, True, training):
        arguments = sample.constructor_input
        options = {**arguments.kwargs, "dtype": dtype}
        theirs = info.module_cls(*arguments.args, **options).train(training)
        ours = CLASSES[info.module_cls](*arguments.args, **options).train(training)
        ours.load_state_dict(theirs.state_dict())
        forward = sample.forward_input
        results = []
        for module in (theirs, ours):
            x = forward.args[0].detach().clone().requires_grad_()
            y = module(x, *forward.args[1:], **forward.kwargs)
            results.append((y, *torch.autograd.grad(y.square().sum(), (x, *module.parameters()))))
        for mine, other in zip(*results):
            tolerance = 1e-9 if dtype is torch.float64 else 1e-3
            torch.testing.assert_close(mine, other, rtol=tolerance, atol=tolerance)
        buffer = io.BytesIO()
        torch.save(ours, buffer)
        buffer.seek(0)
        restored = torch.load(buffer, weights_only=False)
        with torch.no_grad():
            args = [arg.detach() if isinstance(arg, torch.Tensor) else arg for arg in forward.args]
            torch.testing.assert_close(restored(*args), ours(*args))
        assert repr(ours) == repr(theirs)


def test_changes_nothing_but_the_class():
    model = nn.Sequential(layer(), nn.ModuleDict({"deep": nn.ConvTranspose1d(2, 2, 2)}), nn.Conv2d(1, 1, 1))
    seen = []
    model[0].register_forward_hook(lambda *_: seen.append(1))
    before = {name: value for name, value in model.named_parameters()}
    keys = list(model.state_dict())
    assert tconv.torch.replace(model) is model
    assert type(model[0]) is tconv.torch.ConvTranspose2d
    assert type(model[1]["deep"]) is tconv.torch.ConvTranspose1d
    assert type(model[2]) is nn.Conv2d
    assert list(model.state_dict()) == keys
    assert all(before[name] is value for name, value in model.named_parameters())
    model[0](X)
    assert seen == [1]
    assert tconv.torch.replace(tconv.torch.replace(model[0])) is model[0]
    assert isinstance(model[0], nn.ConvTranspose2d)


CHANGES = {
    "in_place": lambda weight: weight.mul_(2),
    "element": lambda weight: weight[0, 0].fill_(3),
    "view": lambda weight: weight.view(-1)[7:9].zero_(),
    "copy": lambda weight: weight.copy_(torch.ones_like(weight)),
    "data": lambda weight: setattr(weight, "data", torch.ones_like(weight)),
    "optimizer": None,
    "state_dict": None,
    "parameter": None,
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("mode", [torch.no_grad, torch.inference_mode])
def test_packs_again_when_the_weights_changed(change, mode):
    theirs, ours = pair()
    with mode():
        same(ours, theirs, X)
        same(ours, theirs, X)
    for module in (theirs, ours):
        if change == "optimizer":
            optimizer = torch.optim.SGD(module.parameters(), lr=0.1)
            module(X).square().sum().backward()
            optimizer.step()
        elif change == "state_dict":
            module.load_state_dict({name: value + 1 for name, value in module.state_dict().items()})
        elif change == "parameter":
            module.weight = nn.Parameter(torch.ones_like(module.weight))
        else:
            with torch.no_grad():
                CHANGES[change](module.weight)
    with mode():
        same(ours, theirs, X)


def count_packing(monkeypatch):
    from tconv.torch import kernels

    count = []
    original = kernels.Bound.__init__
    monkeypatch.setattr(
        kernels.Bound, "__init__", lambda self, *rest: (count.append(1), original(self, *rest))[1]
    )
    return count


def test_packs_once(monkeypatch):
    _, ours = pair()
    count = count_packing(monkeypatch)
    with torch.no_grad():
        for _ in range(3):
            ours(X)
            ours(X.clone())
    assert len(count) == 1
    with torch.no_grad():
        ours.bias.add_(1)  # is no part of it
        ours(X)
        assert len(count) == 1
        ours.weight.add_(1)
        ours(X)
        ours(X)
    assert len(count) == 2


def test_lets_go_of_packed_filters():
    from tconv.torch import kernels

    tconv.torch.forget_packed()
    _, ours = pair()
    with torch.no_grad():
        ours(X)
        assert len(kernels._filters) == 1
        for size in range(2, 14):
            ours(torch.randn(1, 4, 2, size))
        assert len(next(iter(kernels._filters.values())).bound) <= 8
    del ours
    assert len(kernels._filters) == 0


def test_forgets_when_told_to():
    theirs, ours = pair()
    with torch.no_grad():
        ours(X)
    for module in (theirs, ours):
        module.weight.data.mul_(2)  # no version counter counts this
    tconv.torch.forget_packed()
    with torch.no_grad():
        same(ours, theirs, X)


def test_trains_as_pytorchs():
    theirs, ours = pair()
    for module in (theirs, ours):
        optimizer = torch.optim.Adam(module.parameters(), lr=0.01)
        for step in range(4):
            optimizer.zero_grad()
            module(X * (step + 1)).square().mean().backward()
            optimizer.step()
    same(ours, theirs, X)


@pytest.mark.parametrize("last", ["input", "model", "both"])
def test_keeps_channels_last(last):
    theirs, ours = pair()
    x = X
    if last != "input":
        theirs, ours = (module.to(memory_format=torch.channels_last) for module in (theirs, ours))
    if last != "model":
        x = x.contiguous(memory_format=torch.channels_last)
    with torch.no_grad():
        for _ in range(2):
            same(ours, theirs, x)
            assert ours(x).is_contiguous(memory_format=torch.channels_last)
    assert tconv.torch.replace(layer())(X).is_contiguous()


def test_changes_sizes_types_and_threads():
    theirs, ours = pair()
    with torch.no_grad():
        for x in (X, X[:1], X[:, :, :3], X, X[0], X[:, :, ::2]):
            same(ours, theirs, x)
        for threads in (2, 1):
            torch.set_num_threads(threads)
            same(ours, theirs, X)
        same(ours.double(), theirs.double(), X.double())
        half, exact = ours.bfloat16()(X.bfloat16()), theirs.bfloat16().double()(X.bfloat16().double())
        torch.testing.assert_close(half.double(), exact, rtol=1e-2, atol=1e-3)
    with pytest.raises(RuntimeError):
        ours(X)
    torch.testing.assert_close(
        ours.float()(X, output_size=(10, 12)), theirs.float()(X, output_size=(10, 12)), rtol=1e-4, atol=1e-4
    )


class Own(nn.ConvTranspose2d):
    def forward(self, x):
        return x + 1


class Inherited(nn.ConvTranspose2d):
    pass


def test_leaves_what_computes_something_else():
    own = tconv.torch.replace(Own(4, 4, 3))
    assert type(own) is Own and torch.equal(own(X), X + 1)
    theirs = Inherited(4, 6, 3)
    ours = tconv.torch.replace(copy.deepcopy(theirs))
    assert isinstance(ours, Inherited) and type(ours) is not Inherited
    same(ours, theirs, X)
    lazy = tconv.torch.replace(nn.LazyConvTranspose2d(6, 3))
    assert lazy(X).shape == (2, 6, 7, 8)


@pytest.mark.parametrize("norm", ["weight_norm", "spectral_norm", "parametrize"])
def test_follows_what_makes_filters(norm):
    def make(module):
        if norm == "weight_norm":
            return torch.nn.utils.weight_norm(module)
        if norm == "spectral_norm":
            return torch.nn.utils.parametrizations.spectral_norm(module)
        torch.nn.utils.parametrize.register_parametrization(module, "weight", nn.Tanh())
        return module

    modules = []
    base = layer()
    for base in (base, copy.deepcopy(base)):
        torch.manual_seed(0)
        modules.append(make(base).eval())
    theirs, ours = modules
    tconv.torch.replace(ours)
    with torch.no_grad():
        same(ours, theirs, X)
        for parameters in zip(ours.parameters(), theirs.parameters()):
            for parameter in parameters:
                parameter.mul_(1.5)
        same(ours, theirs, X)


def test_is_copied_and_pickled():
    theirs, ours = pair()
    with torch.no_grad():
        ours(X)
        for other in (copy.deepcopy(ours), pickle.loads(pickle.dumps(ours))):
            same(other, theirs, X)
            other.weight.zero_()  # its own
        same(ours, theirs, X)


def test_is_kept_by_export():
    theirs, ours = pair()
    for strict in (False, True):
        program = torch.export.export(ours.eval(), (X,), strict=strict)
        targets = [str(node.target) for node in program.graph.nodes]
        assert targets.count("tconv.conv_transpose.default") == 1, targets
        same(program.module(), theirs, X)


def test_is_kept_by_export_with_open_sizes():
    theirs, ours = pair()
    sizes = {0: torch.export.Dim("batch"), 3: torch.export.Dim("width", min=2, max=64)}
    program = torch.export.export(ours.eval(), (X,), dynamic_shapes=(sizes,))
    assert any(node.target is torch.ops.tconv.conv_transpose.default for node in program.graph.nodes)
    for shape in ((3, 4, 5, 6), (1, 4, 5, 9)):
        same(program.module(), theirs, torch.randn(shape))
