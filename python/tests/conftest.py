import os
import tempfile

# Nothing that a test finds was compiled before the tests, or is left behind for the user.
_cache = tempfile.TemporaryDirectory()
os.environ["TCONV_CACHE_DIR"] = _cache.name
