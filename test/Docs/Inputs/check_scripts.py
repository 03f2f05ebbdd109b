#!/usr/bin/env python3
"""Checks the scripts of the checkout: run bits, --help, and what setup.sh installs."""

import os
import re
import subprocess
import sys

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
failures = []


def expect(condition, text):
    if not condition:
        failures.append(text)


def sources():
    for folder, folders, files in os.walk(ROOT):
        # A build folder has scripts that others made.
        folders[:] = [
            name
            for name in folders
            if name != ".git" and not os.path.exists(os.path.join(folder, name, "CMakeCache.txt"))
        ]
        yield from (os.path.join(folder, name) for name in files)


def check_run_bits():
    found = 0
    for path in sources():
        with open(path, "rb") as file:
            if file.read(2) != b"#!":
                continue
        found += 1
        expect(os.access(path, os.X_OK), f"{path}: begins with #!, but cannot be run")
    expect(found > 10, f"expected scripts in {ROOT}, found {found}")


def call(name, *arguments):
    command = ["bash", os.path.join(ROOT, "scripts", name), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def check_help():
    folder = os.path.join(ROOT, "scripts")
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".sh") or name == "common.sh":
            continue
        with open(os.path.join(folder, name)) as file:
            file.readline()
            first = file.readline().removeprefix("# ").strip()
        done = call(name, "--help")
        expect(done.returncode == 0, f"{name} --help: status {done.returncode}, {done.stderr}")
        own = "usage:" in done.stdout and not done.stderr
        expect(done.stdout.startswith(first) or own, f"{name} --help prints:\n{done.stdout}")
        expect("==" not in done.stdout, f"{name} --help does something:\n{done.stdout}")


def check_unknown_options():
    for name in ("setup.sh", "demo.sh", "test.sh", "check-format.sh"):
        done = call(name, "--nonsense")
        expect(done.returncode == 1, f"{name} --nonsense: status {done.returncode}")
        expect("'--nonsense'" in done.stderr, f"{name} --nonsense says: {done.stderr}")


def check_modules():
    """Python's modules in the commands of README.md are packages that demo.sh installs."""
    with open(os.path.join(ROOT, "README.md")) as file:
        modules = set(re.findall(r"(?:from|import) (\w+)", "".join(
            line for line in file if line.startswith("$ python3"))))
    with open(os.path.join(ROOT, "scripts", "setup.sh")) as file:
        packages = re.search(r"^packages=\(([^)]*)\)", file.read(), re.MULTILINE)[1].split()
    expect(modules, "README.md has no command of Python any more")
    for module in modules - set(sys.stdlib_module_names):
        expect(f"python3-{module}" in packages, f"setup.sh does not install {module} of README.md")


check_run_bits()
check_help()
check_unknown_options()
check_modules()
print("\n".join(failures))
sys.exit(1 if failures else 0)
