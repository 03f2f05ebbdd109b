#!/usr/bin/env python3
"""Times the generators of examples/pytorch-generator with transposed convolutions by PyTorch and by tconv.

    python bench/generators.py [--models dcgan,pix2pix,hifigan,unet3d] [--batches 1,8] [--threads 1,2]

For each model: PyTorch as it is (eager) and with torch.compile (inductor), and the same two with
tconv (tconv.torch.replace, and the backend "tconv" with inductor for the rest). Times are the best
of some runs, in ms, all of a model in turn; the share is that of nn.ConvTranspose in the eager run.
Prints a table in Markdown. Needs the packages tconv and torch.
"""

import argparse
import copy
import importlib.util
import pathlib
import sys
import time

import tconv.torch
import torch
from torch import nn

EXAMPLE = pathlib.Path(__file__).resolve().parent.parent / "examples/pytorch-generator/generator.py"
TRANSPOSED = (nn.ConvTranspose1d, nn.ConvTranspose2d, nn.ConvTranspose3d)


def load_models():
    spec = importlib.util.spec_from_file_location("generator", EXAMPLE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.MODELS


def seconds(run):
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def share_of_layers(model, x):
    """The share of the time that transposed convolutions take, in the best of three runs."""
    spent = [0.0]

    def watch(layer):
        forward = layer.forward

        def timed(*args, **kwargs):
            start = time.perf_counter()
            y = forward(*args, **kwargs)
            spent[0] += time.perf_counter() - start
            return y

        layer.forward = timed

    model = copy.deepcopy(model)
    for layer in model.modules():
        if isinstance(layer, TRANSPOSED):
            watch(layer)
    shares = []
    for _ in range(3):
        spent[0] = 0.0
        total = seconds(lambda: model(x))
        shares.append((total, spent[0] / total))
    return min(shares)[1]


def variants(model):
    replaced = copy.deepcopy(model)
    tconv.torch.replace(replaced)
    return {
        "eager": model,
        "inductor": torch.compile(copy.deepcopy(model)),
        "replaced": replaced,
        "backend": torch.compile(copy.deepcopy(model), backend="tconv"),
    }


def measure(make, shape, batch, budget):
    """The share of transposed convolutions, and the best time of each variant in seconds."""
    torch.manual_seed(0)
    torch.compiler.reset()
    model = make.eval()
    x = torch.randn(batch, *shape)
    share = share_of_layers(model, x)
    runs = variants(model)
    expected = model(x)
    for name, variant in runs.items():
        if not torch.allclose(variant(x), expected, rtol=1e-3, atol=1e-3):
            raise SystemExit(f"generators.py: error: {name} is wrong")
        variant(x)
    best = dict.fromkeys(runs, float("inf"))
    end = time.perf_counter() + budget
    while time.perf_counter() < end:
        for name, variant in runs.items():
            best[name] = min(best[name], seconds(lambda variant=variant: variant(x)))
    return share, best


def numbers(text):
    return [int(part) for part in text.split(",")]


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    models = load_models()
    parser.add_argument("--models", default=",".join(models), help="a list with commas (default: all)")
    parser.add_argument("--batches", type=numbers, default=[1, 8])
    parser.add_argument("--threads", type=numbers, default=[1, 2])
    parser.add_argument("--budget", type=float, default=5, help="seconds for each row (default: 5)")
    options = parser.parse_args(arguments)
    if unknown := set(options.models.split(",")) - set(models):
        parser.error(f"expected models of {', '.join(models)}, got {', '.join(sorted(unknown))}")
    print("| Model | batch | threads | share | eager | with tconv | ratio | inductor | with tconv | ratio |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    with torch.no_grad():
        for name in options.models.split(","):
            make, channels, shape = models[name]
            for threads in options.threads:
                torch.set_num_threads(threads)
                for batch in options.batches:
                    print(f"{name}, batch {batch}, {threads} threads ...", file=sys.stderr)
                    share, best = measure(make(channels), shape, batch, options.budget)
                    ms = {variant: f"{value * 1e3:.4g}" for variant, value in best.items()}
                    print(
                        f"| {name} | {batch} | {threads} | {share:.0%} "
                        f"| {ms['eager']} | {ms['replaced']} | {best['eager'] / best['replaced']:.2f} "
                        f"| {ms['inductor']} | {ms['backend']} | {best['inductor'] / best['backend']:.2f} |",
                        flush=True,
                    )


if __name__ == "__main__":
    main()
