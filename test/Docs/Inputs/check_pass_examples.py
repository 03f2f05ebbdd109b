#!/usr/bin/env python3
"""Runs each pass over the example of its documentation.

  check_pass_examples.py PASSES_PAGE.md...

In the pages, each pass has two mlir blocks: IR before and after it. The first is put into
the function below, the pass is run, and the lines of the second have to appear in the
output in their order; `...` stands for anything, names of values are free. Where the first
block leaves out too much to be run, pass-examples/<flag>.mlir has the whole: both blocks
have to appear then, in what the pass gets and in what it makes. There, a line "// first:"
names the flags that lead to the IR before the pass, and "// with:" the pass's options.
"""
import os
import re
import shlex
import subprocess
import sys

PROGRAMS = os.path.join(os.path.dirname(__file__), "pass-examples")
# What the examples leave out: the function around the operations shown.
AROUND = {
    "tconv-insert-zeros": """
      func.func @f(%%x: tensor<1x1x4x4xf32>, %%w: tensor<1x1x4x4xf32>) -> tensor<1x1x8x8xf32> {
        %s
        return %%y : tensor<1x1x8x8xf32>
      }""",
    "tconv-decompose-phases": """
      func.func @f(%%x: tensor<1x1x4xf32>, %%w: tensor<1x1x2xf32>) -> tensor<1x1x8xf32> {
        %s
        return %%y : tensor<1x1x8xf32>
      }""",
    "tconv-tile-convolutions": """
      func.func @f(%%x: tensor<1x3x10x10xf32>, %%w: tensor<32x3x3x3xf32>,
                   %%init: tensor<1x32x8x8xf32>) -> tensor<1x32x8x8xf32> {
        %s -> tensor<1x32x8x8xf32>
        return %%y : tensor<1x32x8x8xf32>
      }""",
    "tconv-fold-neighbours": """
      func.func @f(%%x: tensor<1x3x5xf32>, %%w: tensor<3x4x4xf32>) -> tensor<1x4x10xf32> {
        %s
        return %%z : tensor<1x4x10xf32>
      }""",
    "tconv-expand-ops": "%s",
    "tconv-lower-vectors": "%s",
    "tconv-bufferize": "%s",
    "tconv-results-to-arguments": "%s",
    "tconv-expand-copies": """
      func.func @f(%%a: memref<4xf32>, %%b: memref<4xf32, strided<[2]>>) {
        %s
        return
      }""",
    "tconv-expand-deallocations": """
      func.func @f(%%a: memref<4xf32>, %%b: memref<4xf32>, %%c: i1, %%d: i1) {
        %s
        return
      }""",
    "tconv-lower-expand-shapes": "%s",
    "tconv-tile-contractions": """
      func.func @f(%%x: memref<1x64x66xf32>, %%w: memref<64x64x3xf32>, %%y: memref<1x64x64xf32>) {
        %s
        return
      }""",
    "tconv-launch-parallel-loops": """
      func.func @f(%%a: memref<?x8xf32>, %%v: f32, %%n: index) {
        %%c0 = arith.constant 0 : index
        %%c1 = arith.constant 1 : index
        %%c8 = arith.constant 8 : index
        %s
        return
      }""",
    "tconv-launch-scalar-code": """
      func.func @f(%%a: memref<4xf32>, %%b: memref<1xf32>, %%i: index, %%factor: f32) {
        %%c0 = arith.constant 0 : index
        %s
        return
      }""",
    "tconv-name-kernels": """
      func.func @f(%%n: index) {
        %s
          gpu.terminator
        }
        return
      }""",
    "tconv-align-workgroup-memory": """
      gpu.module @kernels {
        %s
          gpu.return
        }
      }""",
    "tconv-relax-alignment": """
      func.func @f(%%n: index) -> memref<?xf32> {
        %s
        return %%y : memref<?xf32>
      }""",
    "tconv-outline-parallel-loops": """
      func.func @f(%%a: memref<?xf32>, %%v: f32, %%n: index) {
        %s
        return
      }""",
    "tconv-lower-math": """
      func.func @f(%%x: f64) -> f64 {
        %s
        return %%y : f64
      }""",
    "tconv-lower-asserts": """
      func.func @f(%%ok: i1) {
        %s
        return
      }""",
    "tconv-propagate-failures": """
      llvm.func @malloc(i64) -> !llvm.ptr
      llvm.func @tconvCheck(i1, !llvm.ptr) -> i1
      llvm.func @f(%%ok: i1, %%message: !llvm.ptr, %%size: i64) -> !llvm.ptr {
        %s
        llvm.return %%p : !llvm.ptr
      }""",
}
# What `...` stands for where the first block has one.
LEFT_OUT = {
    "tconv-tile-convolutions": "tensor<1x3x10x10xf32>, tensor<32x3x3x3xf32>",
    "tconv-lower-asserts": "",
}


def line_regex(line):
    """A regular expression for a line in which `...`, names of values and numbers that
    make symbols unique are free; attributes in front of those shown may be left out."""
    parts = []
    for part in re.split(r"\s*\.\.\.\s*", line.strip()):
        words = []
        for word in part.split():
            pieces = re.split(r"([%^#][\w#]+|(?<=\w)_\d+\b|\{(?=\w))", word)
            words.append("".join(to_pattern(piece) for piece in pieces))
        parts.append(r"\s+".join(words))
    return "(?s:.*?)".join(parts)


def to_pattern(piece):
    if piece[:1] in ("%", "^") and piece[1:]:
        return r"[%^][\w#]+"
    if piece[:1] == "#":
        return r"(?:#\w+|affine_map<.*?>)"
    if piece == "{":
        return r"\{.*?"
    return r"(?:_\d+)?" if re.fullmatch(r"_\d+", piece) else re.escape(piece)


def find_lines(block, printed):
    """The first line of a block that is missing in its place, if one is."""
    # Attributes that have their default values are left out in the examples.
    printed = re.sub(r" \{dilations = dense<1>[^}]*\}", "", printed)
    position = 0
    for line in block.splitlines():
        if line.strip() in ("...", "}"):
            continue
        match = re.compile(line_regex(line)).search(printed, position)
        if not match:
            return "expected in this place: %s\n--- printed\n%s" % (line, printed)
        position = match.end()
    return None


def run_passes(flags, source):
    command = ["tconv-opt", *flags, "--allow-unregistered-dialect", "--mlir-print-local-scope", "-"]
    run = subprocess.run(command, input=source, capture_output=True, text=True)
    if run.returncode:
        raise SystemExit("%s: the example cannot be compiled:\n%s%s" % (flags, source, run.stderr))
    return run.stdout


def program_of(flag, before):
    """What the pass gets, its options, and what is wrong with the first block."""
    path = os.path.join(PROGRAMS, flag + ".mlir")
    if not os.path.exists(path):
        if flag in LEFT_OUT:
            before = before.replace(" ...\n", "\n").replace("...", LEFT_OUT[flag])
        return AROUND[flag] % before, "", None
    with open(path) as file:
        text = file.read()
    notes = dict(re.findall(r"^// (first|with): (.*)$", text, re.MULTILINE))
    source = run_passes(shlex.split(notes.get("first", "")), text)
    return source, "=" + notes["with"] if "with" in notes else "", find_lines(before, source)


def check(flag, before, after):
    source, options, error = program_of(flag, before)
    return error or find_lines(after, run_passes(["--" + flag + options], source))


def read_sections(path):
    with open(path) as file:
        sections = re.split(r"^### `-(tconv-[\w-]+)`$", file.read(), flags=re.MULTILINE)
    return list(zip(sections[1::2], sections[2::2]))


def main():
    failed = 0
    sections = [section for path in sys.argv[1:] for section in read_sections(path)]
    for flag, text in sections:
        blocks = re.findall(r"^```mlir\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
        error = check(flag, *blocks) if len(blocks) == 2 else "expected IR before and after"
        if error:
            failed = 1
            print("%s: %s" % (flag, error))
    print("%d passes" % len(sections))
    return 1 if failed or not sections else 0


if __name__ == "__main__":
    sys.exit(main())
