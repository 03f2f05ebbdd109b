"""tconv for PyTorch.

    import tconv.torch
    tconv.torch.replace(model)  # every nn.ConvTranspose1d/2d/3d computes by tconv from now on

    torch.compile(model, backend="tconv")  # or: in what torch.compile sees; the rest goes to inductor
"""

from .functional import conv_transpose, conv_transpose1d, conv_transpose2d, conv_transpose3d
from .kernels import forget_packed
from .modules import ConvTranspose1d, ConvTranspose2d, ConvTranspose3d, replace

__all__ = [
    "ConvTranspose1d",
    "ConvTranspose2d",
    "ConvTranspose3d",
    "conv_transpose",
    "conv_transpose1d",
    "conv_transpose2d",
    "conv_transpose3d",
    "forget_packed",
    "replace",
]
