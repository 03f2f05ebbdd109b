"""Checks how many loads from global memory a run on the emulator made, by its report.

  tconv-run ... --target=emulated --emulator-report 2>&1 |
      check_traffic.py --multiply-adds N --at-most LOADS_PER_MULTIPLY_ADD
"""

import argparse
import re
import sys

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--multiply-adds", type=int, required=True)
parser.add_argument("--at-most", type=float, required=True)
options = parser.parse_args()

report = sys.stdin.read()
found = re.search(r"^global loads: (\d+) accesses", report, re.MULTILINE)
if not found:
    sys.exit(f"expected a report of global loads, got:\n{report}")
loads = int(found[1]) / options.multiply_adds
print(f"{loads:.4f} loads from global memory for each multiply-add")
if loads > options.at_most:
    sys.exit(f"expected at most {options.at_most}")
