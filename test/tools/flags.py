# RUN: %python %s %examples %t tconv-run tconv-compile tconv-bench tconv-explain

"""No flag is ignored: each either has a meaning in every combination, or is refused where it has none.

A flag that a tool has, and this table has not, is an error: say of each new one what it needs.
"""

import os
import re
import subprocess
import sys

examples, folder, *tools = sys.argv[1:]
TOOL = {os.path.basename(path): path for path in tools}
os.makedirs(folder, exist_ok=True)
LAYER = os.path.join(examples, "question.mlir")
PROGRAM, OUT, OTHER = (os.path.join(folder, name) for name in ("p.tcgpu", "out", "other"))
subprocess.run([TOOL["tconv-compile"], LAYER, "--target=cuda", "-o", PROGRAM], check=True)

STOP, CPU, EMULATED = "--stop-after=tiled", "--target=cpu", "--target=emulated"
GPU = "--target=cuda or --target=emulated, and a FILE.mlir,"
PTXAS = "--target=cuda, a FILE.mlir and no --stop-after"
RUNS = "--target=emulated and no --stop-after"
FUNCTIONS = "an output that has C functions, neither .mlir nor for a GPU,"
# Of each flag: None, or a value and the arguments that it has no meaning with, and what it then needs.
FLAGS = {
    "tconv-run": {
        "algorithm": ("=phases", [([PROGRAM, EMULATED], "a FILE.mlir")]),
        "allow-tf32": ("", [([LAYER], GPU), ([PROGRAM, EMULATED], GPU)]),
        "arch": ("=sm_80", [([LAYER], GPU), ([LAYER, CPU], GPU), ([PROGRAM, EMULATED], GPU)]),
        "batch": None,
        "check": ("", [([LAYER, STOP], "no --stop-after")]),
        "emulator": ("=seed=1", [([LAYER], RUNS), ([LAYER, "--target=cuda"], RUNS),
                                 ([LAYER, EMULATED, "--stop-after=ptx"], RUNS)]),
        "emulator-report": ("", [([LAYER], RUNS), ([LAYER, "--target=cuda"], RUNS)]),
        "entry": ("=main", [([PROGRAM, EMULATED], "a FILE.mlir and no --stop-after"),
                            ([LAYER, STOP], "a FILE.mlir and no --stop-after")]),
        "input": ("=x", [([LAYER, STOP], "neither --stop-after nor --batch"),
                         (["--batch=x"], "neither --stop-after nor --batch")]),
        "no-cache": None,
        "output": ("=x", [([LAYER, STOP], "neither --stop-after nor --batch"),
                          (["--batch=x"], "neither --stop-after nor --batch")]),
        "ptxas": ("=x", [([LAYER], PTXAS), ([LAYER, EMULATED], PTXAS),
                         ([LAYER, "--target=cuda", "--stop-after=ptx"], PTXAS)]),
        "remarks": ("", [([PROGRAM, EMULATED], "a FILE.mlir")]),
        "seed": ("=1", [([LAYER, STOP], "neither --stop-after nor --input"),
                        ([LAYER, "--input=x"], "neither --stop-after nor --input")]),
        "sizes-hint": ("=2", [([LAYER, EMULATED], CPU)]),
        "stop-after": None,
        "target": None,
        "target-cpu": ("=host", [([LAYER, EMULATED], CPU)]),
        "threads": None,
        "time": ("=1", [([LAYER, STOP], "no --stop-after")]),
    },
    "tconv-compile": {
        "algorithm": None,
        "allow-tf32": ("", [([LAYER, "-o", OUT], "--target=cuda")]),
        "arch": ("=sm_80", [([LAYER, "-o", OUT], "--target=cuda")]),
        "entry": None,
        "header": None,
        "o": None,
        "prefix": ("=a", [([LAYER, "-o", PROGRAM, "--target=cuda"], FUNCTIONS),
                          ([LAYER, "-o", OUT + ".mlir"], FUNCTIONS)]),
        "ptxas": ("=x", [([LAYER, "-o", OUT], "--target=cuda")]),
        "remarks": None,
        "target": None,
        "target-cpu": ("=host", [([LAYER, "-o", PROGRAM, "--target=cuda"], CPU)]),
        "threads": ("=2", [([LAYER, "-o", PROGRAM, "--target=cuda"], FUNCTIONS),
                           ([LAYER, "-o", OUT + ".mlir"], FUNCTIONS)]),
    },
    "tconv-bench": dict.fromkeys(
        "algorithm budget check data filter json layers layout svg threads type".split()),
    "tconv-explain": {
        "convert": ("=pytorch kernel_size=4", [([LAYER], "no FILE.mlir")]),
        **{flag: ("=x", [(["--convert=pytorch kernel_size=4"], "no --convert")])
           for flag in "at entry html input layer svg".split()},
        "pipeline": ("", [(["--convert=pytorch kernel_size=4"], "no --convert")]),
    },
}  # fmt: skip


def error_of(tool, *arguments, **environment):
    done = subprocess.run(
        [TOOL[tool], *arguments], capture_output=True, text=True, env={**os.environ, **environment}
    )
    assert done.returncode == 1, (tool, arguments, done.returncode, done.stderr)
    assert done.stdout == "", (tool, arguments, done.stdout)
    return done.stderr


for tool, table in FLAGS.items():
    text = subprocess.run([TOOL[tool], "--help"], capture_output=True, text=True).stdout
    own = text.split(f"{tool} options:")[1].split("\n\n")[1]
    assert set(re.findall(r"^  --?([\w-]+)", own, re.MULTILINE)) == set(table), (tool, own)
    for flag, uses in table.items():
        value, cases = uses or ("", [])
        for arguments, needs in cases:
            said = error_of(tool, f"--{flag}{value}", *arguments)
            dashes = "-" if len(flag) == 1 else "--"
            assert f"error: expected {needs} with {dashes}{flag}\n" in said, (tool, flag, arguments, said)

# Files to write are files, each of its own, and none that is read.
numbers = ["tconv-bench", "i4 k2", "--budget=0"]
layer = ["tconv-explain", "--layer=i4 k2"]
for arguments, message in (
    (["tconv-run", LAYER, "--output=-"], "expected a file to write after --output, got '-'"),
    (["tconv-compile", LAYER, "-o", "-"], "expected a file to write after -o, got '-'"),
    (["tconv-compile", LAYER, "-o", OUT, "--header=-"], "expected a file to write after --header, got '-'"),
    ([*numbers, "--json=-"], "expected a file to write after --json, got '-'"),
    ([*numbers, "--svg=-"], "expected a file to write after --svg, got '-'"),
    ([*layer, "--svg=-"], "expected a file to write after --svg, got '-'"),
    ([*layer, "--html="], "expected a file to write after --html, got ''"),
    (["tconv-run", LAYER, f"--output={OUT}", f"--output={folder}/./out"],
     f"expected different files after --output and --output, got '{folder}/./out' for both"),
    (["tconv-compile", LAYER, "-o", OUT, f"--header={OUT}"],
     f"expected different files after -o and --header, got '{OUT}' for both"),
    ([*numbers, f"--json={OUT}", f"--svg={OUT}"],
     f"expected different files after --svg and --json, got '{OUT}' for both"),
    ([*layer, f"--svg={OUT}", f"--html={OUT}"],
     f"expected different files after --svg and --html, got '{OUT}' for both"),
    (["tconv-run", LAYER, f"--output={LAYER}"],
     f"expected another file after --output than the one that is read, got '{LAYER}'"),
    (["tconv-compile", LAYER, "-o", LAYER],
     f"expected another file after -o than the one that is read, got '{LAYER}'"),
    # A value that needs an equals sign.
    (["tconv-run", LAYER, "--time", "3"],
     f"expected one argument without a flag, got '{LAYER}', '3' (a value of --time follows an equals "
     "sign: --time=N)"),
    (["tconv-bench", "i4 k2", "--json", OTHER],
     f"expected one argument without a flag, got 'i4 k2', '{OTHER}' (a value of --json follows an equals "
     "sign: --json=FILE)"),
    # What an ending needs.
    (["tconv-compile", LAYER, "-o", PROGRAM + ".tcgpu"],
     f"expected an output that ends in .so, .o, .s, .ll or .mlir, got '{PROGRAM}.tcgpu', which is made with "
     "--target=cuda"),
):  # fmt: skip
    said = error_of(*arguments)
    assert f"error: {message}\n" in said, (arguments, said)
assert not os.path.exists(OUT) and not os.path.exists(OTHER)
# A device takes what it is given, from both.
subprocess.run(
    [TOOL["tconv-explain"], "--layer=i4 k2", "--svg=/dev/null", "--html=/dev/null"],
    check=True, stdout=subprocess.DEVNULL,
)  # fmt: skip

# Variables.
file = os.path.join(folder, "file")
open(file, "w").close()
for name, value, message in (
    ("TCONV_NUM_THREADS", "abc", "expected a number of at least 1 in TCONV_NUM_THREADS, got 'abc'"),
    ("TCONV_NUM_THREADS", "0", "expected a number of at least 1 in TCONV_NUM_THREADS, got '0'"),
    ("TCONV_NUM_THREADS", "2x", "expected a number of at least 1 in TCONV_NUM_THREADS, got '2x'"),
    ("TCONV_CACHE", "off", "expected 0 or 1 in TCONV_CACHE, got 'off'"),
    ("TCONV_CACHE_DIR", file, f"expected a folder in TCONV_CACHE_DIR, got '{file}'"),
):
    for command in (["tconv-run", LAYER], ["tconv-bench", "i4 k2", "--budget=0"]):
        said = error_of(*command, **{name: value})
        assert f"error: {message}\n" in said, (command, name, value, said)
