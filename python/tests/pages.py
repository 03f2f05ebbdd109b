"""Pages of the documentation, and running what they show."""

import pathlib
import re

CHECKOUT = pathlib.Path(__file__).parents[2]


def blocks(page):
    text = (CHECKOUT / page).read_text()
    return re.findall(r"```python\n(.*?)```", text, re.DOTALL)


def expected(block):
    """The lines that a block says it prints, by `print(...)  # -> line`; any text may be "..."."""
    lines = re.findall(r"# -> (.*)$", block, re.MULTILINE)
    return [re.escape(line).replace(r"\.\.\.", ".*") for line in lines]


def run_page(page, folder, monkeypatch, capsys, wanted=lambda block: True):
    monkeypatch.chdir(folder)
    scope, count = {}, 0
    for block in filter(wanted, blocks(page)):
        capsys.readouterr()
        exec(compile(block, page, "exec"), scope)
        printed = capsys.readouterr().out
        for pattern in expected(block):
            count += 1
            lines = printed.splitlines()
            assert any(re.fullmatch(pattern, line) for line in lines), f"{page}: {pattern} in {printed}"
    return count


def uses_torch(block):
    """Those blocks are run by tests/torch."""
    return "torch" in block
