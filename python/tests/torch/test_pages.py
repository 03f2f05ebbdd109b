"""What the pages show for PyTorch runs, and so does the example."""

import re
import subprocess
import sys

import pytest
from pages import CHECKOUT, run_page, uses_torch


@pytest.mark.parametrize("page", ["README.md", "docs/python.md"])
def test_runs_what_the_page_shows(page, tmp_path, monkeypatch, capsys):
    assert run_page(page, tmp_path, monkeypatch, capsys, uses_torch) == 1


@pytest.mark.parametrize("model", ["dcgan", "pix2pix"])
def test_times_a_generator(model):
    script = CHECKOUT / "examples" / "pytorch-generator" / "generator.py"
    command = [sys.executable, script, model, "--channels", "4", "--runs", "1", "--threads", "1"]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert re.search(r"^PyTorch: +[\d.]+ ms\nwith tconv: +[\d.]+ ms, [\d.]+ times as fast\n", printed)
    difference = float(re.search(r"largest difference: (\S+)\n", printed)[1])
    assert difference < 1e-4
