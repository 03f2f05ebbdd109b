#!/usr/bin/env python3
"""Runs the commands that a Markdown file shows and compares their output.

  check_snippets.py --build BUILD_DIR FILE.md...

Two forms of fenced blocks are run, from top to bottom, in one shell per file:

  ```console            every line after "$ " is a command, what follows its output
  <!-- run: COMMAND --> in front of any other block: the block is COMMAND's output

A block of `mlir`, `console` or `python` that is neither must say why, as
`<!-- not run: REASON -->`. Commands run in a scratch folder in which `build` is the build
folder and everything else of the checkout can be found. A command has to succeed.

The shown output may leave things out: a line `...` stands for any lines, `...` within a
line for anything in that line. Blanks and line breaks count alike, so that long lines can
be wrapped, and in `mlir` blocks `//` starts a comment of the documentation's own.
"""
import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
FENCE = re.compile(r"^(?P<indent> *)```(?P<language>\w*)\s*$")
DIRECTIVE = re.compile(r"^<!-- (?P<kind>run|not run): (?P<text>.*?) -->$", re.DOTALL)
HAS_TO_SAY = ("mlir", "console", "python")


def wrap(folder, name, program, *arguments):
    """Makes `name` in `folder` a command that runs `program`."""
    if program:
        with open(os.path.join(folder, name), "w") as file:
            file.write('#!/bin/sh\nexec %s "$@"\n' % shlex.join([program, *arguments]))
        os.chmod(os.path.join(folder, name), 0o755)


class Shell:
    """A bash in a scratch folder; standard error goes with standard output."""

    END = "--end-of-command--"
    PATIENCE = 120  # seconds for one command

    def __init__(self, build):
        self.folder = tempfile.TemporaryDirectory()
        for name in os.listdir(ROOT):
            if not name.startswith((".", "build")):
                os.symlink(os.path.join(ROOT, name), os.path.join(self.folder.name, name))
        os.symlink(os.path.realpath(build), os.path.join(self.folder.name, "build"))
        scratch_bin = os.path.join(self.folder.name, ".bin")
        os.mkdir(scratch_bin)
        wrap(scratch_bin, "python3", sys.executable)  # the interpreter of the tests
        wrap(scratch_bin, "tconv-import-onnx", sys.executable, "-m", "tconv.onnx.command")
        wrap(scratch_bin, "mlir-opt-22", shutil.which("mlir-opt"))  # Debian's name
        tools = os.path.join(self.folder.name, "build", "bin")
        path = os.pathsep.join([scratch_bin, tools, os.environ["PATH"]])
        self.process = subprocess.Popen(
            ["bash", "--norc"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, cwd=self.folder.name, text=True,
            env={**os.environ, "PATH": path})

    def run(self, command):
        self.process.stdin.write("%s\nprintf '\\n%%s %%s\\n' %s $?\n" % (command, self.END))
        self.process.stdin.flush()
        lines = []
        timer = threading.Timer(self.PATIENCE, self.process.kill)
        timer.start()
        for line in self.process.stdout:
            if line.startswith(self.END):
                timer.cancel()
                return int(line.split()[1]), "".join(lines)
            lines.append(line)
        raise RuntimeError("the shell ended, or took too long, during: " + command)

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()
        self.folder.cleanup()


def to_regex(shown, language):
    parts = []
    for line in shown.splitlines():
        if language == "mlir":
            line = re.sub(r"(^|\s)//.*$", "", line)
        if line.strip() == "...":
            parts.append("(?s:.*?)")
            continue
        words = [".*?".join(re.escape(piece) for piece in word.split("..."))
                 for word in line.split()]
        if words:
            parts.append(r"\s+".join(words))
    # Between two parts: blanks, of which there need be none around left-out lines.
    return re.compile(r"\s*" + r"\s*".join(parts) + r"\s*")


def commands_of(block):
    """The (command, shown output) pairs of a console block."""
    pairs = []
    for line in block:
        if line.startswith("$ "):
            pairs.append([line[2:], []])
        elif pairs and not pairs[-1][1] and is_open(pairs[-1][0]):
            pairs[-1][0] += "\n" + line
        elif pairs:
            pairs[-1][1].append(line)
        else:
            raise ValueError("a console block starts with '$ '")
    return [(command, "\n".join(shown)) for command, shown in pairs]


def is_open(command):
    if command.endswith("\\"):
        return True
    document = re.search(r"<<'(\w+)'", command)
    if document:
        return not command.endswith("\n" + document[1])
    try:
        shlex.split(command)
    except ValueError:
        return True
    return False


def blocks_of(text):
    """(line number, directive, language, lines) of each fenced block."""
    lines = text.splitlines()
    number, directive = 0, None
    while number < len(lines):
        line = lines[number]
        fence = FENCE.match(line)
        if line.startswith("<!--"):
            start = number
            while not lines[number].rstrip().endswith("-->"):
                number += 1
            match = DIRECTIVE.match("\n".join(lines[start:number + 1]).rstrip())
            directive = match and (match["kind"], match["text"].replace("\\\n", " "))
        elif fence:
            start = number
            indent = len(fence["indent"])
            number += 1
            while lines[number].strip() != "```":
                number += 1
            body = [body_line[indent:] for body_line in lines[start + 1:number]]
            yield start + 1, directive, fence["language"], body
            directive = None
        elif line.strip():
            directive = None
        number += 1


def check(path, build):
    errors = 0
    shell = Shell(build)

    def expect(line, command, shown, language):
        nonlocal errors
        status, output = shell.run(command)
        if status == 0 and to_regex(shown, language).fullmatch(output):
            return
        errors += 1
        print("%s:%d: %s: $ %s\n--- shown\n%s\n--- printed\n%s" % (
            path, line, "failed with status %d" % status if status else "the output differs",
            command, shown, output))

    with open(path) as file:
        text = file.read()
    ran = 0
    for line, directive, language, body in blocks_of(text):
        kind, command = directive or (None, None)
        if kind == "not run":
            continue
        if kind == "run":
            expect(line, command, "\n".join(body), language)
            ran += 1
        elif language == "console":
            for command, shown in commands_of(body):
                expect(line, command, shown, language)
                ran += 1
        elif language in HAS_TO_SAY:
            errors += 1
            print("%s:%d: expected a 'run' or a 'not run' comment in front of this %s block"
                  % (path, line, language))
    shell.close()
    print("%s: %d commands, %d errors" % (path, ran, errors))
    return errors


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", required=True, help="the build folder")
    parser.add_argument("files", nargs="+")
    arguments = parser.parse_args()
    return 1 if sum(check(path, arguments.build) for path in arguments.files) else 0


if __name__ == "__main__":
    sys.exit(main())
