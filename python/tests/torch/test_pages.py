"""What the pages show for PyTorch runs, and so does the example."""

import re
import subprocess
import sys

import pytest
from pages import CHECKOUT, run_page, uses_torch


@pytest.mark.parametrize("page", ["README.md", "docs/python.md"])
def test_runs_what_the_page_shows(page, tmp_path, monkeypatch, capsys):
    assert run_page(page, tmp_path, monkeypatch, capsys, uses_torch) == 1


@pytest.mark.parametrize("model", ["dcgan", "pix2pix", "hifigan", "unet3d"])
def test_times_a_generator(model):
    script = CHECKOUT / "examples" / "pytorch-generator" / "generator.py"
    command = [sys.executable, script, model, "--channels", "16", "--runs", "1", "--threads", "1"]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert re.search(r"^PyTorch: +[\d.]+ ms\nwith tconv: +[\d.]+ ms, [\d.]+ times as fast\n", printed)
    difference = float(re.search(r"largest difference: (\S+)\n", printed)[1])
    assert difference < 1e-4


def test_compares_generators():
    command = [sys.executable, CHECKOUT / "bench" / "generators.py", "--models", "dcgan"]
    options = ["--batches", "1", "--threads", "1", "--budget", "0.1"]
    printed = subprocess.run([*command, *options], check=True, capture_output=True, text=True).stdout
    number = r"[\d.]+"
    assert re.search(rf"^\| dcgan \| 1 \| 1 \| \d+% (\| {number} ){{6}}\|$", printed, re.MULTILINE)
    wrong = subprocess.run([*command[:3], "gan"], check=False, capture_output=True, text=True)
    assert wrong.returncode == 2
    assert "expected models of dcgan, pix2pix, hifigan, unet3d, got gan" in wrong.stderr
