# The googletest executables of unittests/, each of its tests counted as one.
import os

import lit.formats

config.name = "tconv-unit"
config.test_source_root = config.tconv_unittests_dir
config.test_exec_root = config.tconv_unittests_dir
config.test_format = lit.formats.GoogleTest(".", "Tests")

for name in ("ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "OMP_NUM_THREADS"):
    if name in os.environ:
        config.environment[name] = os.environ[name]
