"""at_once.py CACHE COMMAND...: runs the command four times at once, with an empty cache."""

import os
import subprocess
import sys

environment = dict(os.environ, TCONV_CACHE="1", TCONV_CACHE_DIR=sys.argv[1])
processes = [
    subprocess.Popen(sys.argv[2:], env=environment, stdout=subprocess.DEVNULL) for _ in range(4)
]
statuses = [process.wait() for process in processes]
if any(statuses):
    sys.exit(f"expected exit status 0 of each, got {statuses}")
