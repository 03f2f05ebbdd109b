#!/usr/bin/env python3
"""Checks the text of the files that git knows, or of those given: blanks at the ends of lines, ends
of files, marks of unfinished merges, JSON, run bits, the rules below, shell
scripts (shellcheck) and spelling (codespell). Needs no build; pre-commit runs it, too.

usage: scripts/check-text.py [FILE...]
"""

import json
import os
import re
import shutil
import subprocess
import sys

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), ".."))
SOURCES = r"\.(h|cpp|td|mlir|py|sh|cmake|cmake\.in)$|(^|/)CMakeLists\.txt$"
# Files, what no line of them may have, and why.
RULES = [
    (SOURCES, r"\b(TOD[O]|FIXM[E])\b(?!\(#[0-9]+\))", "a note of work to do names its issue, as in (#12)"),
    (r"^(lib|include)/.*\.(h|cpp)$", r"\bcl::(opt|list|bits)\b",
     "no cl::opt in a library; passes and pipelines have options of their own"),
    (r"^(lib|include)/.*\.(h|cpp)$", r"\b(errs|dbgs)\(\)",
     "no errs() in a library; emit a diagnostic or a remark"),
    (r"", r"^(<<<<<<<|>>>>>>>) ", "a merge was not finished"),
    (r"", r"[ \t\r]+$", "blanks at the end of the line"),
]
CODESPELL = ["codespell", "-L", "inout,statics,olt,toom", r"--ignore-regex=\b[a-z]+[A-Z]\w*\b"]


def list_files():
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                            cwd=ROOT, capture_output=True, text=True)
    if listed.returncode == 0 and listed.stdout:
        return [name for name in listed.stdout.split("\0") if name]
    # A source archive, or a checkout that git does not trust.
    names = []
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if name != ".git"
                      and not os.path.exists(os.path.join(folder, name, "CMakeCache.txt"))]
        names += [os.path.relpath(os.path.join(folder, name), ROOT) for name in files]
    return names


def check_file(name):
    """What is wrong with a file, each as a line of text."""
    path = os.path.join(ROOT, name)
    with open(path, "rb") as file:
        data = file.read()
    runs, script = os.access(path, os.X_OK), data.startswith(b"#!")
    if runs != script:
        yield f"{name}: " + ("begins with #!, but cannot be run" if script else
                             "can be run, but does not begin with #!")
    if b"\0" in data or name.endswith(".svg"):
        return
    if data and (not data.endswith(b"\n") or data.endswith(b"\n\n")):
        yield f"{name}: expected one newline at the end"
    lines = data.decode("utf-8").split("\n")
    for files, pattern, reason in RULES:
        if re.search(files, name):
            for number, line in enumerate(lines, 1):
                if re.search(pattern, line):
                    yield f"{name}:{number}: {reason}"
    if name.endswith(".json"):
        try:
            json.loads(data)
        except ValueError as error:
            yield f"{name}: {error}"


def run_tool(command, names):
    """What another program says about files."""
    if not names:
        return []
    if not shutil.which(command[0]):
        return [f"expected {command[0]}, found none: scripts/setup.sh --with-tests installs it"]
    done = subprocess.run([*command, *names], cwd=ROOT, capture_output=True, text=True)
    return (done.stdout + done.stderr).splitlines() if done.returncode else []


def main():
    if sys.argv[1:] in (["-h"], ["--help"]):
        print(__doc__.strip())
        return 0
    names = [os.path.relpath(os.path.realpath(name), ROOT) for name in sys.argv[1:]] or list_files()
    names = sorted(name for name in names if os.path.isfile(os.path.join(ROOT, name)))
    found = [problem for name in names for problem in check_file(name)]
    scripts = [name for name in names if name.endswith(".sh") or name == ".ci/run"]
    found += run_tool(["shellcheck", "-x"], scripts)
    found += run_tool(CODESPELL,
                      [name for name in names if name != "LICENSE" and not name.endswith(".svg")])
    print("\n".join(found))
    print(f"{len(names)} files, {len(found)} problems")
    return 1 if found or not names else 0


if __name__ == "__main__":
    sys.exit(main())
