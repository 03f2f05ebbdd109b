#!/usr/bin/env python3
"""Checks what the Markdown files of the checkout, all of them, point to inside it.

Relative links and images have to exist, anchors have to be headings, and a path in
backquotes that starts with a folder of the checkout has to be a file or folder of it.
"""
import glob
import os
import re
import sys

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)|src=\"([^\"]+)\"")
CODE = re.compile(r"`((?:cmake|docs|examples|include|lib|scripts|test|tools|unittests)/[^`\s]*)`")


def without_blocks(text):
    return re.sub(r"^ *```.*?^ *```", "", text, flags=re.DOTALL | re.MULTILINE)


def anchors(path):
    """The anchors of the headings, as GitHub makes them."""
    found = set()
    with open(path) as file:
        for heading in re.findall(r"^#+ +(.*)$", without_blocks(file.read()), re.MULTILINE):
            kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
            found.add(kept.replace(" ", "-"))
    return found


def check_link(path, target):
    if re.match(r"[a-z]+:", target):
        return None
    file, _, anchor = target.partition("#")
    full = os.path.join(os.path.dirname(path), file) if file else path
    if not os.path.exists(full):
        return "there is no " + target
    if anchor and full.endswith(".md") and anchor not in anchors(full):
        return "there is no heading for " + target
    return None


def braces(name):
    """a{b,c} as ab, ac."""
    match = re.search(r"\{([^}]*)\}", name)
    if not match:
        return [name]
    return [name[:match.start()] + part + rest for part in match[1].split(",")
            for rest in braces(name[match.end():])]


def check_path(name):
    name = re.sub(r"<[^>]*>", "*", name)  # lib/Transforms/<Stem>.cpp
    missing = [one for one in braces(name) if not glob.glob(os.path.join(ROOT, one))]
    return "there is no " + ", ".join(missing) if missing else None


def check(path):
    path = os.path.realpath(path)
    with open(path) as file:
        text = without_blocks(file.read())
    errors = [check_link(path, link or source) for link, source in LINK.findall(text)]
    errors += [check_path(name) for name in CODE.findall(text)]
    errors = [error for error in errors if error]
    for error in errors:
        print("%s: %s" % (os.path.relpath(path, ROOT), error))
    return len(errors)


def find_pages():
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if not name.startswith((".", "build", "shared"))]
        yield from (os.path.join(folder, name) for name in files if name.endswith(".md"))


if __name__ == "__main__":
    sys.exit(1 if sum([check(path) for path in find_pages()]) else 0)
