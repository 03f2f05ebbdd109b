"""Times a generator with random weights, as it is and with its transposed convolutions by tconv.

    python generator.py [dcgan | pix2pix | hifigan | unet3d] [--batch N] [--threads N]

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


class ResidualBlock(nn.Module):
    """Dilated convolutions of HiFi-GAN, each added to what it reads."""

    def __init__(self, channels, kernel):
        super().__init__()
        self.convolutions = nn.ModuleList(
            nn.Sequential(
                nn.LeakyReLU(0.1),
                nn.Conv1d(channels, channels, kernel, dilation=dilation, padding=dilation * (kernel - 1) // 2),
                nn.LeakyReLU(0.1),
                nn.Conv1d(channels, channels, kernel, padding=(kernel - 1) // 2),
            )
            for dilation in (1, 3, 5)
        )

    def forward(self, x):
        for convolution in self.convolutions:
            x = x + convolution(x)
        return x


class ResidualBlocks(nn.Module):
    """The mean of blocks with three kernel sizes."""

    def __init__(self, channels):
        super().__init__()
        self.blocks = nn.ModuleList(ResidualBlock(channels, kernel) for kernel in (3, 7, 11))

    def forward(self, x):
        return sum(block(x) for block in self.blocks) / len(self.blocks)


def hifigan(channels=512):
    """HiFi-GAN's generator V1: 80 mel bands to 256 samples of sound a frame."""
    layers = [nn.Conv1d(80, channels, 7, padding=3)]
    for kernel, stride in ((16, 8), (16, 8), (4, 2), (4, 2)):
        up = nn.ConvTranspose1d(channels, channels // 2, kernel, stride, (kernel - stride) // 2)
        channels //= 2
        layers += [nn.LeakyReLU(0.1), up, ResidualBlocks(channels)]
    return nn.Sequential(*layers, nn.LeakyReLU(), nn.Conv1d(channels, 1, 7, padding=3), nn.Tanh())


class UNet3d(nn.Module):
    """A level of a 3-D U-Net, as segmentation of volumes has it."""

    def __init__(self, inputs, channels, levels):
        super().__init__()
        self.down = self.convolutions(inputs, channels)
        self.inside = UNet3d(channels, channels * 2, levels - 1) if levels else None
        if levels:
            self.up = nn.ConvTranspose3d(channels * 2, channels, 2, 2)
            self.join = self.convolutions(channels * 2, channels)

    @staticmethod
    def convolutions(inputs, outputs):
        layers = []
        for width in (inputs, outputs):
            layers += [nn.Conv3d(width, outputs, 3, padding=1), nn.InstanceNorm3d(outputs), nn.LeakyReLU(0.01)]
        return nn.Sequential(*layers)

    def forward(self, x):
        x = self.down(x)
        if self.inside is None:
            return x
        inside = self.up(self.inside(nn.functional.max_pool3d(x, 2)))
        return self.join(torch.cat([x, inside], 1))


def unet3d(channels=16):
    """A 3-D U-Net of four levels for volumes of 64x64x64 elements."""
    return nn.Sequential(UNet3d(1, channels, 3), nn.Conv3d(channels, 2, 1))


# Each generator, how wide it is, and what it takes.
MODELS = {
    "dcgan": (dcgan, 64, (100, 1, 1)),
    "pix2pix": (pix2pix, 64, (3, 256, 256)),
    "hifigan": (hifigan, 512, (80, 32)),
    "unet3d": (unet3d, 16, (1, 64, 64, 64)),
}


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
    parser.add_argument("model", nargs="?", choices=list(MODELS), default="dcgan")
    parser.add_argument("--batch", type=int, default=1)
    parser.add_argument("--channels", type=int, help="how wide the model is")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--runs", type=int, default=10)
    options = parser.parse_args(arguments)
    torch.manual_seed(0)
    torch.set_num_threads(options.threads)
    make, channels, shape = MODELS[options.model]
    model = make(options.channels or channels).eval()
    x = torch.randn(options.batch, *shape)
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
