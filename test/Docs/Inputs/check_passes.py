#!/usr/bin/env python3
"""Holds the lists of passes against the passes that there are, and that the pipelines run.

  check_passes.py TCONV_OPT

Passes are defined in the order of the first stages that run them, and in that in which the stage
does. Each has its source, its test and its row in lib/README.md, with this stage ("none" for
those that no pipeline runs); and is named in docs/architecture.md.
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
    """{flag: the first stage that runs it}, and the stages in their order."""
    first = {}
    for stage, flags in stages:
        for flag in flags:
            first.setdefault(flag, stage)
    return first, list(dict.fromkeys(stage for stage, _ in stages)) + [NO_STAGE]


def check_order(passes, first, order, stages):
    places = {flag: place for place, flag in enumerate(passes)}
    for before, flag in itertools.pairwise(passes):
        a, b = first.get(before, NO_STAGE), first.get(flag, NO_STAGE)
        if order.index(a) > order.index(b) and NO_STAGE not in (a, b):
            yield f"expected {flag} (stage {b}) to be defined before {before} (stage {a})"
    for stage, flags in stages:
        here = [flag for flag in flags if first[flag] == stage]
        if here != sorted(here, key=places.get):
            yield f"expected definitions in the order in which the stage {stage} runs {', '.join(here)}"


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
    first, order = find_first_stages(stages)
    rows = list(ROW.finditer(read("lib/README.md")))
    page = read("docs/architecture.md")
    errors = [f"expected a definition of {flag}, which stage {first[flag]} runs"
              for flag in first if flag not in passes]
    errors += check_order(passes, first, order, [(s, [f for f in flags if f in passes]) for s, flags in stages])
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
