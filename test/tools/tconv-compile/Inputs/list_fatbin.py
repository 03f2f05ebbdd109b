"""Lists the entries of a .fatbin file, in their order: list_fatbin.py FILE

A header of 16 bytes (magic, version, its own size, the size of what follows) stands before the
entries, each with a header of its own: kind, version, the header's size, the code's size, and at 28
the architecture."""

import struct
import sys

MAGIC = 0xBA55ED50
KINDS = {1: "ptx", 2: "cubin"}

with open(sys.argv[1], "rb") as file:
    data = file.read()
magic, _, header, size = struct.unpack_from("<IHHQ", data)
if magic != MAGIC or header + size != len(data):
    sys.exit(f"expected a fat binary of {len(data)} bytes, got magic {magic:#x} and {size} bytes")
position = header
while position < len(data):
    kind, _, header, size = struct.unpack_from("<HHIQ", data, position)
    (arch,) = struct.unpack_from("<I", data, position + 28)
    is_elf = data[position + header:position + header + 4] == b"\x7fELF"
    print(KINDS.get(kind, kind), f"sm_{arch}", "ELF" if is_elf else "")
    position += header + size
