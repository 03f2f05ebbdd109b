"""tconv::conv_transpose against PyTorch's own, for the samples that PyTorch tests its own with."""

import pytest
import tconv.torch
import torch
from torch.autograd import forward_ad
from torch.testing._internal.common_methods_invocations import op_db

OPERATIONS = [op for op in op_db if op.name.startswith("nn.functional.conv_transpose")]
OURS = {
    "nn.functional.conv_transpose1d": tconv.torch.conv_transpose1d,
    "nn.functional.conv_transpose2d": tconv.torch.conv_transpose2d,
    "nn.functional.conv_transpose3d": tconv.torch.conv_transpose3d,
}
DTYPES = [
    torch.float32,
    torch.float64,
    torch.float16,
    torch.bfloat16,
    torch.complex64,
    torch.int64,
]
TOLERANCES = {torch.float16: (2e-3, 1e-3), torch.bfloat16: (1.6e-2, 1e-3), torch.float32: (2e-5, 2e-4)}
TOLERANCES[torch.complex64] = TOLERANCES[torch.float32]


def close(ours, theirs):
    rtol, atol = TOLERANCES.get(ours.dtype, (1e-7, 1e-7))
    torch.testing.assert_close(ours, theirs, rtol=rtol, atol=atol)
    assert ours.stride() == theirs.stride()


def exactly(op, operands, options):
    """What PyTorch gives; for half precision, in which it rounds between the terms, what it gives of the
    same numbers in double precision, rounded once."""
    theirs = op(*operands, **options)
    if theirs.dtype not in (torch.float16, torch.bfloat16):
        return theirs
    wide = [operand.double() if isinstance(operand, torch.Tensor) else operand for operand in operands]
    rounded = torch.empty_strided(theirs.shape, theirs.stride(), dtype=theirs.dtype)
    return rounded.copy_(op(*wide, **options))


def samples(op, dtype, **options):
    found = list(op.sample_inputs("cpu", dtype, **options))
    assert found
    return found


def of_name(op):
    return op.name.rpartition(".")[2]


assert len(OPERATIONS) == len(OURS)
each_operation = pytest.mark.parametrize("op", OPERATIONS, ids=of_name)


@each_operation
@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("grad", [False, True], ids=["no_grad", "grad"])
def test_agrees_on_pytorchs_samples(op, dtype, grad):
    with torch.set_grad_enabled(grad):
        for sample in samples(op, dtype, requires_grad=grad and not dtype is torch.int64):
            operands = sample.input, *sample.args
            close(OURS[op.name](*operands, **sample.kwargs), exactly(op, operands, sample.kwargs))


X, W = torch.ones(1, 4, 5, 5), torch.ones(4, 2, 3, 3)
WRONG = {
    "channels": ((torch.ones(1, 3, 5, 5), W), {}),
    "rank": ((torch.ones(4, 5), W), {}),
    "bias": ((X, W, torch.ones(3)), {}),
    "bias_rank": ((X, W, torch.ones(2, 1)), {}),
    "dtype": ((X, W.double()), {}),
    "stride": ((X, W), {"stride": 0}),
    "negative_stride": ((X, W), {"stride": -1}),
    "padding": ((X, W), {"padding": -1}),
    "much_padding": ((X, W), {"padding": 9}),
    "output_padding": ((X, W), {"stride": 2, "output_padding": 2}),
    "dilation": ((X, W), {"dilation": 0}),
    "groups": ((X, W), {"groups": 3}),
    "no_groups": ((X, W), {"groups": 0}),
    "empty": ((torch.ones(1, 4, 0, 5), W), {}),
}


@pytest.mark.parametrize("name", WRONG)
def test_raises_what_pytorch_raises(name):
    operands, options = WRONG[name]
    tconv.torch.conv_transpose2d(X, W)  # so that there is a kernel for the operands that are right
    with pytest.raises(Exception) as theirs:
        torch.conv_transpose2d(*operands, **options)
    with pytest.raises(type(theirs.value)) as ours:
        tconv.torch.conv_transpose2d(*operands, **options)
    assert str(ours.value) == str(theirs.value)


@each_operation
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16], ids=str)
def test_keeps_memory_formats(op, dtype):
    formats = {4: torch.channels_last, 5: torch.channels_last_3d}
    for sample in samples(op, dtype):
        weight, *rest = sample.args
        if sample.input.dim() != weight.dim() or weight.dim() not in formats:
            continue
        last = dict(memory_format=formats[weight.dim()])
        for x, w in (
            (sample.input.contiguous(**last), weight),
            (sample.input, weight.contiguous(**last)),
            (sample.input.contiguous(**last), weight.contiguous(**last)),
        ):
            ours = OURS[op.name](x, w, *rest, **sample.kwargs)
            theirs = exactly(op, (x, w, *rest), sample.kwargs)
            close(ours, theirs.contiguous(**last) if ours.is_contiguous(**last) else theirs)
            if not (x.is_contiguous() and w.is_contiguous()):  # as those with sizes of 1 are
                assert ours.is_contiguous(**last)


def test_takes_views_and_unusual_tensors():
    x, w, b = torch.randn(2, 4, 5, 6), torch.randn(4, 6, 3, 3), torch.randn(6)
    theirs = torch.nn.functional.conv_transpose2d(x, w, b, stride=2)
    wide = torch.randn(2, 8, 5, 6)
    wide[:, ::2] = x
    views = [
        (wide[:, ::2], w, b),
        (x.transpose(2, 3).contiguous().transpose(2, 3), w, b),
        (x, w.flip(0).flip(0), torch.stack([b, b], 1)[:, 0]),
        (torch.complex(x, -x).conj().imag, w, b),
    ]
    for operands in views:
        close(tconv.torch.conv_transpose2d(*operands, stride=2), theirs)
    with torch.inference_mode():
        close(tconv.torch.conv_transpose2d(x.clone(), w.clone(), b.clone(), stride=2), theirs)
    for dim in (0, 2):
        empty = torch.empty([0 if index == dim else size for index, size in enumerate(x.shape)])
        if dim == 0:
            close(tconv.torch.conv_transpose2d(empty, w, b), torch.conv_transpose2d(empty, w, b))
    meta = tconv.torch.conv_transpose2d(x.to("meta"), w.to("meta"), stride=2)
    assert meta.device.type == "meta" and meta.shape == theirs.shape


def test_passes_opcheck():
    op = torch.ops.tconv.conv_transpose.default

    def operands(rank, grad, last=False):
        x, w, b = torch.randn(2, 4, *[4] * rank), torch.randn(4, 3, *[3] * rank), torch.randn(6)
        if last:
            x = x.contiguous(memory_format=torch.channels_last)
        tensors = [tensor.requires_grad_(grad) for tensor in (x, w, b)]
        numbers = [2] * rank, [1] * rank, [1] * rank, 2, [1] * rank
        return (*tensors, *numbers)

    for rank in (1, 2, 3):
        torch.library.opcheck(op, operands(rank, False))
    torch.library.opcheck(op, (*operands(2, True), "none", 0.01, True))
    torch.library.opcheck(op, (*operands(2, True), "tanh", 0.01, True))
    torch.library.opcheck(op, operands(2, False, last=True))


ACTIVATIONS = [None, "relu", ("leaky_relu", 0.2), ("leaky_relu", -0.5), "tanh", "sigmoid", "silu", "gelu"]


def apply(activation, y):
    name, *slope = activation if isinstance(activation, tuple) else (activation,)
    return y if name is None else getattr(torch.nn.functional, name)(y, *slope)


@pytest.mark.parametrize("activation", ACTIVATIONS, ids=str)
def test_is_differentiable_twice(activation):
    double = dict(dtype=torch.float64, requires_grad=True)
    x, w, b = torch.randn(1, 2, 2, 3, **double), torch.randn(2, 1, 2, 3, **double), torch.randn(2, **double)

    def ours(*operands):
        return tconv.torch.conv_transpose(*operands, stride=2, padding=1, groups=2, activation=activation)

    assert torch.autograd.gradcheck(ours, (x, w, b))
    assert torch.autograd.gradgradcheck(ours, (x, w, b))
    theirs = apply(activation, torch.conv_transpose2d(x, w, b, stride=2, padding=1, groups=2))
    torch.testing.assert_close(ours(x, w, b), theirs)


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_has_pytorchs_gradients(rank):
    x, w = torch.randn(2, 4, *[4] * rank, requires_grad=True), torch.randn(4, 3, *[3] * rank, requires_grad=True)
    b = torch.randn(3, requires_grad=True)
    theirs_of = (torch.conv_transpose1d, torch.conv_transpose2d, torch.conv_transpose3d)[rank - 1]
    gradients = []
    for function in (tconv.torch.conv_transpose, theirs_of):
        y = function(x, w, b, stride=2, padding=1)
        gradients.append(torch.autograd.grad(y.square().sum(), (x, w, b)))
    for ours, theirs in zip(*gradients):
        torch.testing.assert_close(ours, theirs, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16], ids=str)
def test_follows_autocast(dtype):
    x, w = torch.randn(1, 2, 4, 4), torch.randn(2, 2, 3, 3, requires_grad=True)
    with torch.autocast("cpu", dtype=dtype):
        ours = tconv.torch.conv_transpose2d(x, w)
        double = tconv.torch.conv_transpose2d(x.double(), w.double())
    assert ours.dtype is dtype
    close(ours, exactly(torch.conv_transpose2d, (x.to(dtype), w.detach().to(dtype)), {}))
    assert double.dtype is torch.float64
    ours.sum().backward()
    assert w.grad.dtype is torch.float32


def test_is_seen_by_the_profiler():
    with torch.profiler.profile() as profile, torch.no_grad():
        tconv.torch.conv_transpose2d(torch.randn(1, 2, 4, 4), torch.randn(2, 2, 3, 3))
    assert any("tconv::conv_transpose" in event.name for event in profile.events())


def test_is_seen_by_transforms():
    x, w, b = torch.randn(3, 1, 2, 4, 4), torch.randn(2, 2, 3, 3), torch.randn(2)
    module = tconv.torch.replace(torch.nn.ConvTranspose2d(2, 2, 3))
    with torch.no_grad():
        module.weight.copy_(w), module.bias.copy_(b)
        module(x[0])  # so that there is a shortcut
    theirs = lambda x: torch.conv_transpose2d(x, w, b)
    for ours in (lambda x: tconv.torch.conv_transpose2d(x, w, b), module):
        for grad in (False, True):
            with torch.set_grad_enabled(grad):
                close(torch.vmap(ours)(x).detach(), torch.vmap(theirs)(x))
                tangent = torch.func.jvp(ours, (x[0],), (x[1],))[1]
                close(tangent.detach(), torch.func.jvp(theirs, (x[0],), (x[1],))[1])
        gradient = torch.func.grad(lambda x: ours(x).square().sum())(x[0])
        close(gradient.detach(), torch.func.grad(lambda x: theirs(x).square().sum())(x[0]))


@pytest.mark.parametrize("grad", [False, True])
def test_is_differentiable_in_forward_mode(grad):
    x, w = torch.randn(1, 2, 4, 4), torch.randn(2, 2, 3, 3)
    with torch.set_grad_enabled(grad), forward_ad.dual_level():
        dual = forward_ad.make_dual(x, torch.ones_like(x))
        ours, theirs = (function(dual, w) for function in (tconv.torch.conv_transpose2d, torch.conv_transpose2d))
        close(forward_ad.unpack_dual(ours).tangent, forward_ad.unpack_dual(theirs).tangent)
        with pytest.raises(tconv.UnsupportedError, match="is not differentiable in forward mode"):
            torch.ops.tconv.conv_transpose.default(dual, w, None, [1, 1], [0, 0], [0, 0], 1, [1, 1])


def test_looks_at_each_operand_again():
    """The shortcut for a filter that ran before is for operands like those before only."""
    x, w, b = torch.randn(1, 4, 5, 5), torch.randn(4, 2, 3, 3), torch.randn(2)
    others = [
        (x, None),
        (x, torch.ones(3)),
        (x.to("meta"), b),
        (x.double(), b),
        (x[:, :3], b),
        (x[0], b),
        (torch.complex(x, -x).conj().imag, torch.complex(b, -b).conj().imag),
        (x.to_mkldnn(), b),
        (x.to_sparse(), b),
    ]
    with torch.no_grad():
        for other in others:
            close(tconv.torch.conv_transpose2d(x, w, b), torch.conv_transpose2d(x, w, b))
            try:
                theirs = torch.conv_transpose2d(other[0], w, other[1])
            except Exception as error:
                with pytest.raises((type(error), RuntimeError)):
                    tconv.torch.conv_transpose2d(other[0], w, other[1])
                continue
            ours = tconv.torch.conv_transpose2d(other[0], w, other[1])
            if theirs.device.type == "meta":
                assert ours.device.type == "meta" and ours.shape == theirs.shape
            else:
                close(ours.to_dense(), theirs.to_dense())


def test_says_what_is_wrong_with_what_pytorch_does_not_have():
    x, w = torch.randn(1, 2, 4, 4), torch.randn(2, 2, 3, 3)
    with pytest.raises(tconv.InputError, match="got 'swish'"):
        tconv.torch.conv_transpose(x, w, activation="swish")
    with pytest.raises(tconv.InputError, match="as the layout, got 'NHWC'"):
        tconv.torch.conv_transpose(x, w, layout="NHWC")
    with pytest.raises(tconv.InputError, match="expected output_size from 9 to 10"):
        tconv.torch.conv_transpose(x, w, stride=2, output_size=12)
    with pytest.raises(tconv.InputError, match="expected an integer or 2 of them as stride"):
        tconv.torch.conv_transpose(x, w, stride=(1, 2, 3))
    with pytest.raises(RuntimeError, match="expected a weight of 3 dimensions, got 4"):
        tconv.torch.conv_transpose1d(x, w)


def test_serves_tconv_conv_transpose():
    x, w = torch.randn(1, 2, 4, 4), torch.randn(2, 2, 3, 3)
    theirs = torch.conv_transpose2d(x, w, stride=2, output_padding=1)
    close(tconv.conv_transpose(x, w, stride=2, output_size=10), theirs)
    last = tconv.conv_transpose(x.movedim(1, -1), w, stride=2, output_padding=1, layout="channels_last")
    torch.testing.assert_close(last.movedim(-1, 1), theirs)
    # A layer takes tensors as any other arrays, also of bf16, which numpy does not have.
    layer = tconv.compile("n1 ci2 co2 i4x4 k3 s2 op1 bf16", w.bfloat16())
    y = layer(x.bfloat16())
    assert y.shape == (1, 2, 10, 10)
