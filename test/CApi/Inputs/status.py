# status.py STATUS COMMAND...: whether a command ends with this status.
import subprocess
import sys

status = subprocess.run(sys.argv[2:]).returncode
if status != int(sys.argv[1]):
    sys.exit(f"expected status {sys.argv[1]}, got {status}")
