"""Where the numbers of a layer come from."""

import html
import os
from functools import cached_property
from typing import Any, Optional, Sequence, Union

from . import _core
from .layer import Layer, module_of


class Explanation:
    """What `tconv.explain` gives; a notebook shows the page."""

    def __init__(self, module: str, at: Optional[str], title: str, stages: bool, options: dict):
        self._question = (module, at, title, options)
        self._page = "html-stages" if stages else "html"

    def _answer(self, form):
        module, at, title, options = self._question
        return _core.explain(module, form, at, title, options)

    @cached_property
    def text(self) -> str:
        """The sizes, the work and, for a chosen element, its sum in the three forms."""
        return self._answer("text")

    @cached_property
    def svg(self) -> str:
        """A picture of the three forms for one output element."""
        return self._answer("svg")

    @cached_property
    def html(self) -> str:
        """A page to explore the layer with, that needs nothing else."""
        return self._answer(self._page)

    def save(self, path: Union[str, os.PathLike]) -> None:
        """Writes the picture to a path that ends in .svg, and the page to any other."""
        text = self.svg if os.fspath(path).endswith(".svg") else self.html
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def _repr_html_(self) -> str:
        # A frame keeps the page's style and scripts apart from those of the notebook.
        page = html.escape(self.html, quote=True)
        return (
            f'<iframe srcdoc="{page}" style="width: 100%; height: 760px; border: 0" '
            'title="a transposed convolution, explained"></iframe>'
        )

    def __str__(self) -> str:
        return self.text


def explain(
    source: Any,
    at: Union[str, Sequence[int], None] = None,
    *,
    stages: bool = False,
    node: Optional[str] = None,
    shapes: Optional[dict] = None,
    **options: Any,
) -> Explanation:
    """Explains a layer: where each of its numbers comes from.

    Args:
        source: a Layer, or what `tconv.compile` takes, with one transposed convolution of known sizes.
            The values are samples: an input of ones, a filter that counts from 1.
        at: the output element to explain, (i, j) or (n, co, i, j); the first one otherwise.
        stages: whether the page shows what compilation makes of the layer, too.
        node, shapes: as for `tconv.compile`.
        options: `entry`, the function of the module.

    Returns:
        An Explanation, with `.text`, `.svg`, `.html` and `.save(path)`.

    Raises:
        InputError: the source has not exactly one layer, or `at` is not an element of its result.
    """
    module = module_of(source, False, node, shapes)
    title = source if isinstance(source, str) and "\n" not in source else ""
    element = at if at is None or isinstance(at, str) else ",".join(str(index) for index in at)
    if isinstance(source, Layer) and not options:
        options = {key: value for key, value in source._options.items() if key == "entry"}
    explanation = Explanation(module, element, title, stages, options)
    explanation.text  # what is wrong is said here and not when a notebook shows it
    return explanation
