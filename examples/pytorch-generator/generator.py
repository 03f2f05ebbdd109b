"""Times a generator of images with random weights, as it is and with its transposed convolutions by tconv.

    python generator.py [dcgan | pix2pix] [--batch N] [--threads N]

Prints both times, and how far the results are apart.
"""

import argparse
import time

import tconv.torch
import torch
from torch import nn


def dcgan(channels=64):
    """DCGAN's generator: a vector of 100 numbers to an image of 64x64."""

    def up(inputs, outputs, *sizes):
        return [nn.ConvTranspose2d(inputs, outputs, *sizes, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(True)]

    return nn.Sequential(
        *up(100, channels * 8, 4, 1, 0),
        *up(channels * 8, channels * 4, 4, 2, 1),
        *up(channels * 4, channels * 2, 4, 2, 1),
        *up(channels * 2, channels, 4, 2, 1),
        nn.ConvTranspose2d(channels, 3, 4, 2, 1, bias=False),
        nn.Tanh(),
    )


class UNet(nn.Module):
    """A level of pix2pix's U-Net: down, what is inside, and up again."""

    def __init__(self, outer, inner, inside=None, inputs=None):
        super().__init__()
        outermost, innermost = inputs is not None, inside is None
        down = [nn.Conv2d(inputs or outer, inner, 4, 2, 1, bias=False)]
        up = [nn.ReLU(), nn.ConvTranspose2d(inner * (1 if innermost else 2), outer, 4, 2, 1, bias=outermost)]
        if not outermost:
            down.insert(0, nn.LeakyReLU(0.2))
            up.append(nn.BatchNorm2d(outer))
            if not innermost:
                down.append(nn.BatchNorm2d(inner))
        else:
            up.append(nn.Tanh())
        self.path = nn.Sequential(*down, *([] if innermost else [inside]), *up)
        self.outermost = outermost

    def forward(self, x):
        return self.path(x) if self.outermost else torch.cat([x, self.path(x)], 1)


def pix2pix(channels=64):
    """pix2pix's generator for images of 256x256."""
    net = UNet(channels * 8, channels * 8)
    for _ in range(3):
        net = UNet(channels * 8, channels * 8, net)
    for factor in (4, 2, 1):
        net = UNet(channels * factor, channels * factor * 2, net)
    return UNet(3, channels, net, inputs=3)


# What each takes.
SHAPES = {dcgan: (100, 1, 1), pix2pix: (3, 256, 256)}


def best_time(model, x, runs):
    model(x)
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        model(x)
        times.append(time.perf_counter() - start)
    return min(times) * 1e3


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", nargs="?", choices=["dcgan", "pix2pix"], default="dcgan")
    parser.add_argument("--batch", type=int, default=1)
    parser.add_argument("--channels", type=int, default=64, help="how wide the model is")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--runs", type=int, default=10)
    options = parser.parse_args(arguments)
    torch.manual_seed(0)
    torch.set_num_threads(options.threads)
    make = {"dcgan": dcgan, "pix2pix": pix2pix}[options.model]
    model = make(options.channels).eval()
    x = torch.randn(options.batch, *SHAPES[make])
    with torch.no_grad():
        expected = model(x)
        before = best_time(model, x, options.runs)
        tconv.torch.replace(model)
        difference = (model(x) - expected).abs().max().item()
        after = best_time(model, x, options.runs)
    print(f"PyTorch:    {before:8.2f} ms")
    print(f"with tconv: {after:8.2f} ms, {before / after:.2f} times as fast")
    print(f"largest difference: {difference:.1e}")


if __name__ == "__main__":
    main()
