#!/usr/bin/env python3
"""Holds the lists of passes against the passes that there are, and that the pipelines run.

  check_passes.py TCONV_OPT

Each pass has its source, its test and its row in lib/README.md, with the first stage that runs it
("none" for those that no pipeline runs); and is named in docs/architecture.md.
"""
import itertools
import os
import re
import subprocess
import sys

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
TABLEGEN = ("include/tconv/Transforms/Raise/Passes.td", "include/tconv/Transforms/Passes.td")
NO_STAGE = "none"
# The pipelines whose passes are all that there are.
ALGORITHMS = ("auto", "phases", "zero-insertion")
ROW = re.compile(r"^\| (?P<stage>\w+)[^|]*\|[^|]*\|[^|]*\|(?P<files>[^|]*)\|(?P<test>[^|]*)\|$",
                 re.MULTILINE)


def read(path):
    with open(os.path.join(ROOT, path)) as file:
        return file.read()


def find(folder, name):
    """Where in a folder, or in one inside it, a file is."""
    return [os.path.relpath(path, os.path.join(ROOT, folder))
            for path, _, files in os.walk(os.path.join(ROOT, folder)) if name in files]


def read_passes():
    """{flag: stem} in the order of the definitions."""
    passes = {}
    for path in TABLEGEN:
        text = read(path)
        for included in re.findall(r'^include "(tconv/.*?\.td)"', text, re.MULTILINE):
            text += read("include/" + included)
        found = re.findall(r'^def (\w+)Pass : Pass<"([\w-]+)"', text, re.MULTILINE)
        passes.update((flag, stem) for stem, flag in found)
    return passes


def passes_of(tconv_opt, options):
    command = [tconv_opt, "-", "--tconv-pipeline=" + options, "--dump-pass-pipeline"]
    run = subprocess.run(command, input="module {}", capture_output=True, text=True, check=True)
    return re.findall(r"\b(tconv-[a-z-]+)", run.stderr)


def read_stages(tconv_opt):
    """(stage, passes) of each pipeline, stage for stage."""
    text = subprocess.run([tconv_opt, "--help"], capture_output=True, text=True).stdout
    listed = re.search(r"last stage that is run \(cpu: (.*); cuda: (.*); default", text)
    for target, names in zip(("cpu", "cuda"), (listed[1], listed[2])):
        for before, stage in itertools.pairwise(names.split(", ")):
            for algorithm in ALGORITHMS:
                yield stage, passes_of(tconv_opt, f"target={target} algorithm={algorithm} "
                                       f"parallel=true start-after={before} stop-after={stage}")


def find_first_stages(stages):
    """{flag: the first stage that runs it}"""
    first = {}
    for stage, flags in stages:
        for flag in flags:
            first.setdefault(flag, stage)
    return first


def check_row(flag, stem, stage, rows):
    test = flag[len("tconv-"):] + ".mlir"
    folders = find("lib/Transforms", stem + ".cpp")
    if len(folders) != 1:
        return f"expected {stem}.cpp in lib/Transforms, found it in {folders}"
    if find("test/Transforms", test) != folders:
        return f"expected the test {test} in test/Transforms/{folders[0]}"
    source = os.path.normpath(os.path.join("Transforms", folders[0], stem + ".cpp"))
    mine = [row for row in rows if f"({source})" in row["files"]]
    if not mine:
        return f"expected a row with {source} in the table of lib/README.md"
    for row in mine:
        tests = [os.path.basename(name) for name in row["test"].strip().split(", ")]
        if row["stage"] != stage or test not in tests:
            return f"expected {stage} and {test} in the row of {source}, got {row[0]}"
    return None


def main():
    tconv_opt = sys.argv[1]
    passes = read_passes()
    stages = list(read_stages(tconv_opt))
    first = find_first_stages(stages)
    rows = list(ROW.finditer(read("lib/README.md")))
    page = read("docs/architecture.md")
    errors = [f"expected a definition of {flag}, which stage {first[flag]} runs"
              for flag in first if flag not in passes]
    errors += [check_row(flag, stem, first.get(flag, NO_STAGE), rows) for flag, stem in passes.items()]
    errors += [f"docs/architecture.md: expected {flag} to be named" for flag in passes
               if not re.search(rf"\b{flag}\b(?!-)", page)]
    errors = [error for error in errors if error]
    print(f"{len(passes)} passes, {sum(len(flags) for _, flags in stages)} places in pipelines")
    for error in errors:
        print(error)
    return 1 if errors or not passes or not stages else 0


if __name__ == "__main__":
    sys.exit(main())
