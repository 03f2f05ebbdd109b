# RUN: %python %s %examples/question.mlir tconv-opt
#
# The table of stages of each target: compiling in two steps, stopped after any stage and started
# after it again, gives what one step does; the default is the last stage; a stage of another
# target, one that there is not, and stopping before the start are refused, with the stages.
import re
import subprocess
import sys

MODULE, TCONV_OPT = sys.argv[1], sys.argv[2]


def compile_to(pipeline, text):
    command = [TCONV_OPT, "-", f"--tconv-pipeline={pipeline}"]
    return subprocess.run(command, input=text, capture_output=True, text=True)


def compiled(pipeline, text):
    run = compile_to(pipeline, text)
    assert run.returncode == 0, f"{pipeline}: {run.stderr}"
    # Upstream keeps the time that it took in gpu.binary.
    return re.sub("(TimeInMs =) [0-9]+", r"\1 0", run.stdout)


def check_refused(pipeline, message, text):
    run = compile_to(pipeline, text)
    assert run.returncode == 1 and message in run.stderr, f"{pipeline}: {run}"
    assert run.stdout == "", f"{pipeline}: printed {run.stdout}"


def read_tables():
    """The stages of each target, as --help lists them."""
    text = subprocess.run([TCONV_OPT, "--help"], capture_output=True, text=True).stdout
    listed = re.search(r"last stage that is run \(cpu: (.*); cuda: (.*); default", text)
    return {"cpu": listed[1].split(", "), "cuda": listed[2].split(", ")}


def check_target(target, stages, others, text):
    whole = compiled(f"target={target}", text)
    assert whole == compiled(f"target={target} stop-after={stages[-1]}", text)
    for stage in stages:
        half = compiled(f"target={target} stop-after={stage}", text)
        assert compiled(f"target={target} start-after={stage}", half) == whole, stage
    names = f"(stages: {', '.join(stages)})"
    for name in [*sorted(set(others) - set(stages)), "nowhere"]:
        for option in ("stop-after", "start-after"):
            message = f"expected a stage of the target {target} after {option}=, got '{name}' {names}"
            check_refused(f"target={target} {option}={name}", message, text)
    early, late = stages[1], stages[2]
    message = f"expected {late}, which start-after names, or a later stage"
    check_refused(f"target={target} start-after={late} stop-after={early}", message, text)


def main():
    with open(MODULE) as file:
        text = file.read()
    tables = read_tables()
    assert [tables[target][-1] for target in ("cpu", "cuda")] == ["llvm", "ptx"], tables
    check_target("cpu", tables["cpu"], tables["cuda"], text)
    check_target("cuda", tables["cuda"], tables["cpu"], text)


main()
