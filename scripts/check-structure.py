#!/usr/bin/env python3
"""Holds the sources against the structure that CONTRIBUTING.md and lib/README.md describe.

Files and functions stay small; folders need each other in one direction only, also those inside
a library; a library reaches into another one by its public headers only, is linked with what it
includes, and needs what the table in lib/README.md says; test and unittests mirror lib. Prints
what is wrong.
"""
import ast
import os
import re
import sys

ROOT = os.path.join(os.path.dirname(os.path.realpath(__file__)), "..")
FOLDERS = ("bench", "cmake", "include", "lib", "python", "scripts", "test", "tools", "unittests")
MAX_FILE_LINES = 350
MAX_FUNCTION_LINES = 60
SOURCES = (".cpp", ".h", ".td", ".py", ".sh", ".js", ".css", ".cmake", ".c")
# Folders of test and unittests that stand for something other than a folder of lib.
OTHER_TESTS = {"Docs", "Suites", "Unit", "tools", "Python", "Inputs"}


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def list_sources():
    return sorted(os.path.join(folder, name) for top in FOLDERS
                  for folder, _, names in os.walk(top) for name in names if name.endswith(SOURCES))


# ---- Sizes

def blank(text):
    """C++ without what stands in comments, strings and directives, line for line."""
    pattern = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"'
                         r"|'(?:\\.|[^'\\\n])+'|^[ \t]*\#(?:\\\n|[^\n])*", re.DOTALL | re.MULTILINE)
    # An apostrophe between digits is none of a character.
    text = re.sub(r"(?<=\d)'(?=\d)", "_", text)
    return pattern.sub(lambda match: "\n" * match[0].count("\n"), text)


def kind_of_block(header, enclosing):
    """What a brace opens, from the text before it since the last brace or semicolon."""
    if re.search(r"\b(namespace|extern)\b", header):
        return "namespace"
    if any(kind not in ("namespace", "type") for kind in enclosing):
        return "code"
    if re.search(r"(^|\s)(class|struct|union|enum)\b(?!.*\)\s*\w*$)", header.strip(), re.DOTALL):
        return "type"
    return "function" if ")" in header else "code"


def cpp_functions(text):
    """(first line, last line) of the functions of a file."""
    text = blank(text)
    blocks, start, functions = [], 0, []
    for match in re.finditer(r"[{};]", text):
        if match[0] == "{":
            header = text[start:match.start()]
            first = start + len(header) - len(header.lstrip())
            blocks.append((kind_of_block(header, [kind for kind, _ in blocks]), first))
        elif match[0] == "}" and blocks:
            kind, first = blocks.pop()
            if kind == "function":
                functions.append((text.count("\n", 0, first) + 1,
                                  text.count("\n", 0, match.end()) + 1))
        if match[0] != "}" or not blocks or blocks[-1][0] != "code":
            start = match.end()
    return functions


def python_functions(text):
    return [(node.lineno, node.end_lineno) for node in ast.walk(ast.parse(text))
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


def check_sizes(paths):
    for path in paths:
        text = read(path)
        lines = text.count("\n")
        if lines > MAX_FILE_LINES:
            yield f"{path}: expected at most {MAX_FILE_LINES} lines, got {lines}"
        functions = []
        if path.endswith((".cpp", ".h")):
            functions = cpp_functions(text)
        elif path.endswith(".py"):
            functions = python_functions(text)
        for first, last in functions:
            if last - first + 1 > MAX_FUNCTION_LINES:
                yield (f"{path}:{first}: expected a function of at most {MAX_FUNCTION_LINES} "
                       f"lines, got {last - first + 1}")


# ---- Folders and libraries

def resolve(path, included, known):
    """The file of the checkout that an include means, if it is one."""
    beside = os.path.normpath(os.path.join(os.path.dirname(path), included))
    public = os.path.join("include", included)
    generated = re.sub(r"\.(h|cpp)?\.inc$", ".td", public)
    return next((file for file in (beside, public, generated) if file in known), None)


def read_includes(paths):
    """(file, file that it includes) of the libraries and tools."""
    known = set(paths)
    for path in paths:
        if path.startswith(("lib/", "include/", "tools/")) and path.endswith((".cpp", ".h", ".td")):
            for included in re.findall(r'^\s*#?include "([^"]+)"', read(path), re.MULTILINE):
                target = resolve(path, included, known)
                if target:
                    yield path, target


def folder_of(path):
    """The folder in lib, or in tools, that a file belongs to; headers are the folder's of lib."""
    folder = os.path.dirname(path)
    return re.sub(r"^include/tconv(?=/|$)", "lib", folder)


def nearest(folder, places):
    """The one of some folders of lib that a folder is in."""
    while folder not in places and folder:
        folder = os.path.dirname(folder)
    return folder or None


def read_links():
    """What each library is linked with, both named by their folders below lib."""
    links, names = {}, {}
    for folder, _, files in os.walk("lib"):
        if "CMakeLists.txt" not in files:
            continue
        text = read(os.path.join(folder, "CMakeLists.txt"))
        path = os.path.relpath(folder, "lib")
        for name in re.findall(r"tconv_add_library\((\w+)", text):
            names[name] = path
        links[path] = set(re.findall(r"\bTconv\w+", " ".join(re.findall(r"\bLINK\b([^)]*)\)", text))))
    links.pop(".")
    # A folder may make two libraries, one of which needs the other.
    return {path: {names[name] for name in linked} - {path} for path, linked in links.items()}


def node_of(places):
    """Gives the place of a file, by its folder below lib."""
    def node(path):
        folder = folder_of(path)
        return nearest(folder[len("lib/"):], places) if folder.startswith("lib/") else None
    return node


def find_circle(graph):
    """The nodes of a circle, or nothing."""
    state, trail = {}, []

    def visit(node):
        state[node] = "open"
        trail.append(node)
        for other in sorted(graph.get(node, ())):
            if state.get(other) == "open":
                return trail[trail.index(other):] + [other]
            if other not in state and (circle := visit(other)):
                return circle
        state[node] = "done"
        trail.pop()
        return None

    for node in sorted(graph):
        if node not in state and (circle := visit(node)):
            return circle
    return None


def graph_of(includes, node):
    graph, reasons = {}, {}
    for path, target in includes:
        a, b = node(path), node(target)
        if a and b and a != b:
            graph.setdefault(a, set()).add(b)
            reasons.setdefault((a, b), f"{path} includes {target}")
    return graph, reasons


def closure(graph, node):
    reached, waiting = set(), [node]
    while waiting:
        for other in graph.get(waiting.pop(), ()):
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return reached


def check_circles(includes, libraries):
    for node in (node_of(libraries), folder_of):
        graph, reasons = graph_of(includes, node)
        circle = find_circle(graph)
        if circle:
            steps = "; ".join(reasons[step] for step in zip(circle, circle[1:]))
            yield f"expected folders without a circle, got {' -> '.join(circle)} ({steps})"


def check_private(includes, libraries):
    library = node_of(libraries)
    for path, target in includes:
        if target.startswith("lib/") and library(path) != library(target):
            yield f"{path}: expected a public header of lib/{library(target)}, got {target}"


def check_needs(where, declared, graph, reasons):
    """Holds what some folders say they need, for themselves and by way of others, against what
    they include."""
    for place, needs in declared.items():
        included = {other for other in graph.get(place, ()) if other in declared}
        for other in sorted(included - closure(declared, place)):
            yield f"{where(place)}: expected {other} among its needs: {reasons[place, other]}"
        for other in sorted(needs - included):
            yield f"{where(place)}: expected no {other}: nothing of {place} includes a header of it"


def read_map():
    """(folder below lib, what it needs, whether it knows MLIR) of the table in lib/README.md."""
    row = re.compile(r"^\| \[([\w/]+)\]\(\1\) \|.*\| ([\w/, ]+) \| (yes|no|both) \|$", re.MULTILINE)
    return [(folder, set(needs.split(", ")) - {"nothing"}, mlir)
            for folder, needs, mlir in row.findall(read("lib/README.md"))]


def check_map(includes, links):
    """Holds the table in lib/README.md against the libraries and what they include."""
    rows = read_map()
    needs = {folder: named for folder, named, _ in rows}
    for folder in sorted(set(links) - set(needs)):
        yield f"lib/README.md: expected a row for {folder}"
    for folder in sorted(other for named in needs.values() for other in named - set(needs)):
        yield f"lib/README.md: expected {folder}, which is needed, to have a row"
    yield from check_needs(lambda place: f"lib/README.md, {place}", needs,
                           *graph_of(includes, node_of(needs)))
    for library, linked in links.items():
        named = {nearest(other, links) for folder in needs if nearest(folder, links) == library
                 for other in needs[folder]} - {library}
        if named != linked:
            yield (f"lib/README.md, {library}: expected what it is linked with, "
                   f"{', '.join(sorted(linked))}, got {', '.join(sorted(named))}")
    for folder, _, mlir in rows:
        sources = [path for path in list_sources() if node_of(needs)(path) == folder]
        uses = any(re.search(r'#include "(mlir|llvm)/(?!Config/)', read(path)) for path in sources)
        if mlir != "both" and uses != (mlir == "yes"):
            yield f"lib/README.md, {folder}: expected {'yes' if uses else 'no'} for MLIR, got {mlir}"


def check_mirrors(paths):
    for root in ("test", "unittests"):
        for folder in sorted({os.path.dirname(path) for path in paths if path.startswith(root + "/")}):
            parts = folder.split("/")[1:]
            if not parts or set(parts) & OTHER_TESTS:
                continue
            if not os.path.isdir(os.path.join("lib", *parts)):
                yield f"{folder}: expected a folder lib/{'/'.join(parts)}, which it would test"


def main():
    os.chdir(ROOT)
    paths = list_sources()
    includes = list(read_includes(paths))
    links = read_links()
    errors = [*check_sizes(paths), *check_circles(includes, links), *check_private(includes, links),
              *check_needs(lambda library: f"lib/{library}/CMakeLists.txt", links,
                           *graph_of(includes, node_of(links))),
              *check_map(includes, links), *check_mirrors(paths)]
    for error in errors:
        print(error)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
