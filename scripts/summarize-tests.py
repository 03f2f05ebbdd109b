#!/usr/bin/env python3
"""Prints 'N passed, N failed[, N skipped]' for a results file of lit (lit -o FILE).

Exits with 1 if a test failed or none was executed.
"""

import collections
import json
import sys

PASSED = {"PASS", "FLAKYPASS", "XFAIL"}
SKIPPED = {"UNSUPPORTED", "SKIPPED", "EXCLUDED"}


def kind(code):
    if code in PASSED:
        return "passed"
    return "skipped" if code in SKIPPED else "failed"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        tests = json.load(file)["tests"]
    count = collections.Counter(kind(test["code"]) for test in tests)
    line = f"{count['passed']} passed, {count['failed']} failed"
    if count["skipped"]:
        line += f", {count['skipped']} skipped"
    print(line)
    return 0 if count["passed"] and not count["failed"] else 1


if __name__ == "__main__":
    sys.exit(main())
