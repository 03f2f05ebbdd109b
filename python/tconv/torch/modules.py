"""nn.ConvTranspose1d, 2d and 3d by tconv, and how a model gets them."""

from torch import nn

from . import functional


class _Compiled:
    """What is other than in PyTorch's modules; their classes come behind it."""

    def forward(self, input, output_size=None):
        if self.padding_mode != "zeros":
            raise ValueError("Only `zeros` padding mode is supported for " + type(self).__name__)
        if output_size is None:
            output_padding = self.output_padding
        else:
            output_padding = tuple(
                self._output_padding(
                    input,
                    output_size,
                    self.stride,
                    self.padding,
                    self.kernel_size,
                    len(self.kernel_size),
                    self.dilation,
                )
            )
        # nn.Module looks for a parameter everywhere else first; what makes filters leaves none.
        parameters = self._parameters
        weight = parameters.get("weight")
        weight = self.weight if weight is None else weight
        bias = parameters["bias"] if "bias" in parameters else self.bias
        return functional.call(
            input, weight, bias, self.stride, self.padding, output_padding, self.groups, self.dilation
        )


class ConvTranspose1d(_Compiled, nn.ConvTranspose1d):
    """nn.ConvTranspose1d, computed by tconv."""


class ConvTranspose2d(_Compiled, nn.ConvTranspose2d):
    """nn.ConvTranspose2d, computed by tconv."""


class ConvTranspose3d(_Compiled, nn.ConvTranspose3d):
    """nn.ConvTranspose3d, computed by tconv."""


_CLASSES = {
    nn.ConvTranspose1d: ConvTranspose1d,
    nn.ConvTranspose2d: ConvTranspose2d,
    nn.ConvTranspose3d: ConvTranspose3d,
}


def _class_for(kind):
    """The class that takes the place of one; None if that computes something of its own."""
    if kind in _CLASSES or issubclass(kind, _Compiled):
        return _CLASSES.get(kind)
    for original in _CLASSES:
        # As those of parametrizations, which only make the filter.
        if issubclass(kind, original) and kind.forward is original.forward:
            return type(kind.__name__, (_Compiled, kind), {"__module__": kind.__module__})
    return None


def replace(model: nn.Module) -> nn.Module:
    """Lets every nn.ConvTranspose1d, 2d and 3d of a model compute by tconv.

    Modules stay the same objects, with their parameters, hooks and names: the state dict does not change.
    Those of subclasses with a `forward` of their own, and lazy ones before their first run, are left as
    they are.

    Args:
        model: any module; it is changed.

    Returns:
        The model.
    """
    for module in model.modules():
        if isinstance(module, nn.modules.lazy.LazyModuleMixin):
            continue
        kind = _class_for(type(module))
        if kind is not None:
            module.__class__ = kind
    return model
