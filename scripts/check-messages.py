#!/usr/bin/env python3
"""Lists error messages of the libraries and tools that no test mentions.

A message is the literal text of an error, refusal or diagnostic in lib, include or tools. It is
tested if a piece of that text that no other message has stands in a file of test or unittests:
20 characters, or the longest literal whole if that is shorter. Messages that cannot be provoked
stand in scripts/untested-messages.txt, each with its reason. Exits with 1 if a message is
neither tested nor in that list, or if an entry of the list is tested or gone.
"""

import argparse
import collections
import pathlib
import re
import sys

PIECE = 20
SHORTEST = 6  # a literal below that, "': " and its like, says nothing
TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\((?:.*?)\)\1"|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\]|\\.)+\'',
                   re.DOTALL)
EMITTER = re.compile(r"\b(?:emitOpError|emitError|emitOptionalError|emitWarning|unsupported|fail|refuse|"
                     r"reportFailure|errs)\(|\bError\{")
PHRASE = re.compile(r"\bexpected (?!string)|\bcannot |\bunknown |\bunsupported |\bnot supported")
ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "'": "'"}


class Source:
    """A C++ file: its code with every literal and comment blanked, and its literals by position."""

    def __init__(self, text):
        self.code, self.literals = [], []
        position = 0
        for match in TOKEN.finditer(text):
            self.code.append(text[position:match.start()])
            self.code.append(re.sub(r"[^\n]", " ", match.group()))
            if match.group().startswith('"'):
                value = re.sub(r"\\(.)", lambda escape: ESCAPES.get(escape[1], escape[0]),
                               match.group()[1:-1])
                self.literals.append((match.start(), match.end(), value))
            position = match.end()
        self.code = "".join(self.code) + text[position:]
        # What assertions say is for developers.
        asserts = [(match.start(), self.statement_end(match.end() - 1))
                   for match in re.finditer(r"\b(static_)?assert\(", self.code)]
        self.literals = [literal for literal in self.literals
                         if not any(start <= literal[0] < end for start, end in asserts)]

    def statement_end(self, start):
        """The end of the call that begins at start, and of the << chain behind it."""
        depth, at = 0, start
        while at < len(self.code):
            letter = self.code[at]
            depth += (letter in "([{") - (letter in ")]}")
            if depth < 0 or depth == 0 and letter == ";":
                return at
            if depth == 0 and letter in ")}" and not re.match(r"[\s]*(<<|\+)", self.code[at + 1:]):
                return at + 1
            at += 1
        return at

    def fragments(self, start, end):
        """The literals between two positions, adjacent ones put together."""
        result, last = [], None
        for begin, stop, value in self.literals:
            if not start <= begin < end:
                continue
            if last is not None and not self.code[last:begin].strip():
                result[-1] += value
            else:
                result.append(value)
            last = stop
        return result


def messages(path):
    """The messages of a file: (line, fragments)."""
    source = Source(path.read_text(encoding="utf-8"))
    covered = []
    for match in EMITTER.finditer(source.code):
        end = source.statement_end(match.end() - 1)
        # What ends in a parenthesis may go on: emitOpError() << "...".
        covered.append((match.start(), end))
    for begin, _, value in source.literals:
        if PHRASE.search(value) and not any(start <= begin < end for start, end in covered):
            end = source.statement_end(begin)
            covered.append((begin, end))
    for start, end in covered:
        fragments = [f for f in source.fragments(start, end) if len(f.strip()) >= SHORTEST]
        if fragments:
            yield source.code.count("\n", 0, start) + 1, tuple(fragments)


def pieces(fragments):
    """What a test may quote of a message: any of these."""
    longest = max(fragments, key=len)
    for fragment in fragments:
        if len(fragment) >= PIECE:
            for at in range(len(fragment) - PIECE + 1):
                yield fragment[at:at + PIECE]
    if len(longest) < PIECE:
        yield longest


def read(paths):
    return "\n".join(path.read_text(encoding="utf-8", errors="ignore") for path in sorted(paths)
                     if path.is_file() and path.suffix in (".mlir", ".test", ".py", ".cpp", ".h", ".txt"))


def read_allowed(path):
    """Messages of the list, by text: lines of messages below a line '# reason'."""
    allowed, reason = {}, None
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            reason = line[1:].strip()
        elif line:
            if not reason:
                sys.exit(f"{path}: expected a reason, a line that begins with #, above: {line}")
            allowed[line] = reason
        else:
            reason = None
    return allowed


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.parse_args()
    tests = read(path for folder in ("test", "unittests") for path in (root / folder).rglob("*"))
    found = collections.defaultdict(list)
    for folder in ("lib", "include", "tools"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".cpp", ".h"):
                for line, fragments in messages(path):
                    found[fragments].append(f"{path.relative_to(root)}:{line}")
    allowed = read_allowed(root / "scripts" / "untested-messages.txt")
    owners = collections.Counter(piece for fragments in found for piece in set(pieces(fragments)))
    problems = 0
    for fragments, places in found.items():
        own = [piece for piece in pieces(fragments) if owners[piece] == 1] or list(pieces(fragments))
        text = " ... ".join(map(str.strip, fragments)).replace("\n", "\\n")
        tested, listed = any(piece in tests for piece in own), allowed.pop(text, None) is not None
        if tested == listed:
            problems += 1
            print(f"{places[0]}: {'tested, but listed as untested' if tested else 'no test'}: {text}")
    for text in allowed:
        problems += 1
        print(f"scripts/untested-messages.txt: no such message any more: {text}")
    print(f"{len(found)} messages, {problems} problems")
    return 1 if problems or len(found) < 100 else 0


if __name__ == "__main__":
    sys.exit(main())
