# The tests of the tools. The unit tests are a suite of their own, see Unit/lit.cfg.py.
import os
import shutil
import subprocess

import lit.formats
from lit.llvm import llvm_config
from lit.llvm.subst import ToolSubst

config.name = "tconv"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".test", ".py"]
config.excludes = ["CMakeLists.txt", "Inputs", "lit.cfg.py", "lit.local.cfg", "lit.site.cfg.py"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = config.tconv_test_dir

# Tools are replaced by their full paths, so that no other one of the same name is tested.
tools_dirs = [config.tconv_tools_dir, config.llvm_tools_dir]
round_trip = ["--verify-roundtrip"] if os.environ.get("TCONV_OPT_CHECK_ROUNDTRIP") == "1" else []
tools = [
    ToolSubst("tconv-opt", extra_args=round_trip),
    ToolSubst("tconv-run"),
    ToolSubst("tconv-compile"),
    ToolSubst("tconv-bench"),
    ToolSubst("tconv-explain"),
    ToolSubst("tconv-lsp-server"),
    ToolSubst("mlir-opt"),
    ToolSubst("mlir-runner", unresolved="ignore"),
    ToolSubst("FileCheck"),
    ToolSubst("not"),
    ToolSubst("llvm-nm"),
    ToolSubst("llvm-objdump"),
    ToolSubst("llvm-readelf"),
]
llvm_config.add_tool_substitutions(tools, tools_dirs)
llvm_config.with_environment("PATH", tools_dirs, append_path=True)
# Nothing that a test finds was compiled before the test, or is left behind for the user.
llvm_config.with_environment("TCONV_CACHE", "0")
llvm_config.with_environment("TCONV_CACHE_DIR", os.path.join(config.test_exec_root, "cache"))
# What tconv-compile links with.
llvm_config.with_environment("CC", config.c_compiler)
llvm_config.with_environment("FILECHECK_OPTS", "-enable-var-scope --dump-input-filter=all")
llvm_config.with_system_environment(
    ["ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "OMP_NUM_THREADS", "CUDA_VISIBLE_DEVICES"]
)

plugin = os.path.join(config.tconv_lib_dir, "TconvPlugin" + config.shlibext)
config.substitutions += [
    ("%python", config.python_executable),
    ("%cc", config.c_compiler),
    ("%tconv_lib_dir", config.tconv_lib_dir),
    ("%tconv_plugin", plugin),
    ("%tconv_include_dir", os.path.join(config.tconv_source_dir, "include")),
    ("%fake_cuda", os.path.join(config.tconv_source_dir, "unittests/Cuda/Inputs/fake-cuda.c")),
    ("%examples", os.path.join(config.tconv_source_dir, "examples")),
    ("%shlibext", config.shlibext),
]


def has_module(name, python=None):
    command = [python or config.python_executable, "-c", "import " + name]
    return subprocess.run(command, stderr=subprocess.DEVNULL).returncode == 0


# What a test can ask for with REQUIRES:
mlir_libraries = os.path.join(os.path.dirname(config.llvm_tools_dir), "lib")
runner_libraries = [
    os.path.join(mlir_libraries, "libmlir_runner_utils.so"),
    os.path.join(mlir_libraries, "libmlir_c_runner_utils.so"),
    os.path.join(config.tconv_lib_dir, "libtconv-runtime.so"),
]
runner = os.path.join(config.llvm_tools_dir, "mlir-runner")
if all(map(os.path.exists, [runner, *runner_libraries])) and not config.asan:
    config.available_features.add("mlir-runner")
    config.substitutions.append(("%runner_libraries", ",".join(runner_libraries)))
ptxas = shutil.which("ptxas") or shutil.which("/usr/local/cuda/bin/ptxas")
if ptxas:
    config.available_features.update(["cuda-toolkit", "ptxas"])
    config.substitutions.append(("%ptxas", ptxas))
    toolkit = os.path.dirname(os.path.dirname(os.path.realpath(ptxas)))
    for feature, path in (
        ("fatbinary", os.path.join(os.path.dirname(ptxas), "fatbinary")),
        ("libdevice", os.path.join(toolkit, "nvvm", "libdevice", "libdevice.10.bc")),
    ):
        if os.path.exists(path):
            config.available_features.add(feature)
        else:
            lit_config.note(f"tests that need {feature} are skipped: there is no {path}")
if shutil.which("chromium") or os.environ.get("CHROMIUM"):
    config.available_features.add("chromium")
    llvm_config.with_system_environment(["CHROMIUM"])
# The importer of ONNX models needs the package onnx, which setup.sh puts into a Python of its own.
onnx_pythons = [os.path.join(config.tconv_source_dir, "build", "python", "bin", "python"),
                config.python_executable]
for python in onnx_pythons:
    if os.path.exists(python) and has_module("onnx", python):
        config.available_features.add("onnx")
        config.substitutions.insert(0, ("%onnx_python", python))
        run = os.path.join(config.tconv_tools_dir, "tconv-run")
        config.substitutions.insert(
            0, ("%onnx_env", f"PYTHONPATH={config.tconv_source_dir}/python TCONV_RUN={run}")
        )
        break
else:
    lit_config.note("tests of the ONNX importer are skipped: no Python has the package onnx")
if has_module("numpy"):
    config.available_features.add("numpy")
if config.host_processor in ("x86_64", "AMD64"):
    config.available_features.add("x86_64")
if config.asan:
    config.available_features.add("asan")
