#!/usr/bin/env python3
# REQUIRES: chromium
# RUN: %python %s
"""Opens the page of tconv-explain in a headless Chromium and uses it.

Needs nothing but the standard library and Chromium; without the latter it is skipped.
With SCREENSHOTS=FOLDER in the environment it also leaves pictures there.
"""

import itertools
import json
import math
import os
import random
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "Inputs"))
from browser import Browser, find_chromium  # noqa: E402
from build_page import page_for  # noqa: E402

NON_FINITE = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}
FORMS = ["stamps", "zeros", "phases"]


def dim(input, kernel, stride=1, padding=0, padding_end=None, dilation=1, output_padding=0):
    return {
        "input": input,
        "kernel": kernel,
        "stride": stride,
        "paddingBegin": padding,
        "paddingEnd": padding if padding_end is None else padding_end,
        "dilation": dilation,
        "outputPadding": output_padding,
    }


def layer(
    dims,
    x=None,
    w=None,
    batch=1,
    ci=1,
    co=1,
    groups=1,
    bias=None,
    title="layer.mlir",
    omitted=None,
    at=None,
    held=None,
):
    count_x = batch * ci * math.prod(d["input"] for d in dims)
    count_w = ci * co // groups * math.prod(d["kernel"] for d in dims)
    made = {
        "dims": dims,
        "batch": batch,
        "inputChannels": ci,
        "outputChannels": co,
        "groups": groups,
        "x": x or [1] * count_x,
        "w": w or list(range(1, count_w + 1)),
        "bias": bias,
        "title": title,
        "omitted": omitted,
        "held": held,
    }
    return {**made, "at": at} if at else made


def small(stride, padding):
    return layer([dim(2, 2, stride, padding)] * 2, [2, 4, 0, 1], [3, 1, 1, 5])


LAYERS = {
    "question": layer([dim(4, 4, 2, 1)] * 2, title="question.mlir"),
    **{f"small-{s}-{p}": small(s, p) for s, p in [(1, 0), (1, 1), (2, 0), (2, 1), (2, 2)]},
    "line": layer([dim(5, 3, 2, 1)], [1.5, -2, 3, 0.25, 4], [1, -2, 0.5], at=[3]),
    "volume": layer([dim(3, 3, 2, 1)] * 3, at=[1, 1, 1]),
    "groups": layer(
        [dim(3, 3, 2, 1, output_padding=1)] * 2,
        [(i * 7 % 11 - 5) / 2 for i in range(72)],
        [(i * 5 % 7 - 3) / 4 for i in range(108)],
        batch=2,
        ci=4,
        co=6,
        groups=2,
        bias=[0.5, -1, 2, 0, 1, 3],
        at=[3, 3],
    ),
    "holes": layer([dim(3, 3, 4, 1, dilation=2)] * 2, bias=[0.5], at=[1, 3]),
    "big": layer(
        [dim(24, 4, 2, 1)] * 2,
        omitted="x is 1 × 64 × 128 × 128; the first 24 × 24 of channel 0 are here",
        at=[20, 21],
    ),
    # What tconv-explain writes of 'i256x256 k4 s2 p1' at 500,500.
    "part": layer(
        [dim(256, 4, 2, 1)] * 2,
        x=[1] * 900,
        title="i256x256 k4 s2 p1",
        at=[0, 0, 500, 500],
        held={
            **{name: {"lo": 0, "hi": 1} for name in ["batch", "inputChannels", "outputChannels"]},
            "input": [{"lo": 226, "hi": 256}, {"lo": 226, "hi": 256}],
            "kernel": [{"lo": 0, "hi": 4}, {"lo": 0, "hi": 4}],
        },
    ),
    "channels": layer(
        [dim(3, 3, 2, 1)] * 2,
        x=[1] * 9,
        w=[2] * 9,
        batch=2,
        ci=8,
        co=4,
        groups=2,
        bias=[0.5],
        at=[1, 3, 2, 2],
        held={
            "batch": {"lo": 1, "hi": 2},
            "inputChannels": {"lo": 4, "hi": 5},
            "outputChannels": {"lo": 3, "hi": 4},
            "input": [{"lo": 0, "hi": 3}] * 2,
            "kernel": [{"lo": 0, "hi": 3}] * 2,
        },
    ),
    "huge": layer([dim(200, 9, 2, 1)] * 2),
    "fault": layer([dim(4, 4, 2, 1, output_padding=2)] * 2),
    "markup": layer([dim(2, 2)], title="</script><b>title", omitted="<img src=x onerror=alert(1)>"),
}


def output_size(d):
    return (
        (d["input"] - 1) * d["stride"]
        - d["paddingBegin"]
        - d["paddingEnd"]
        + d["dilation"] * (d["kernel"] - 1)
        + d["outputPadding"]
        + 1
    )


def scatter(made):
    """The definition once more: y as {(n, co, *o): value} and what each element is made of."""
    dims, groups = made["dims"], made["groups"]
    n_ci, n_co = made["inputChannels"], made["outputChannels"]
    number = lambda value: NON_FINITE.get(value, value)  # noqa: E731
    sizes = [output_size(d) for d in dims]
    y, parts = {}, {}
    for index in itertools.product(range(made["batch"]), range(n_co), *map(range, sizes)):
        y[index] = number(made["bias"][index[1]]) if made["bias"] else 0
        parts[index] = []
    inputs = list(itertools.product(*(range(d["input"]) for d in dims)))
    taps = list(itertools.product(*(range(d["kernel"]) for d in dims)))
    per_group = n_co // groups
    for n, ci in itertools.product(range(made["batch"]), range(n_ci)):
        for (at_i, i), (at_k, k), local in itertools.product(
            enumerate(inputs), enumerate(taps), range(per_group)
        ):
            o = tuple(
                e * d["stride"] - d["paddingBegin"] + t * d["dilation"]
                for e, t, d in zip(i, k, dims)
            )
            index = (n, ci // (n_ci // groups) * per_group + local, *o)
            if index in y:
                x = number(made["x"][(n * n_ci + ci) * len(inputs) + at_i])
                w = number(made["w"][(ci * per_group + local) * len(taps) + at_k])
                y[index] += x * w
                parts[index].append([n, ci, list(i), list(k)])
    return [made["batch"], n_co, *sizes], y, parts


def random_layer(rng):
    while True:
        rank, groups = rng.choice([1, 1, 2, 2, 3]), rng.choice([1, 1, 2])
        dims = []
        for _ in range(rank):
            stride, dilation = rng.randint(1, 4), rng.randint(1, 4)
            dims.append(
                dim(
                    rng.randint(1, 4),
                    rng.randint(1, 4 if rank < 3 else 3),
                    stride,
                    rng.randint(-1, 3),
                    rng.randint(-1, 3),
                    dilation,
                    rng.randrange(max(stride, dilation)),
                )
            )
        if min(map(output_size, dims)) < 1:
            continue
        made = layer(
            dims,
            batch=rng.randint(1, 2),
            ci=groups * rng.randint(1, 2),
            co=groups * rng.randint(1, 2),
            groups=groups,
        )
        value = lambda: (
            rng.choice(["nan", "inf", "-inf"]) if rng.random() < 0.01 else rng.randint(-16, 16) / 4
        )  # noqa: E731
        made["x"], made["w"] = ([value() for _ in made[name]] for name in "xw")
        made["bias"] = rng.choice([None, [value() for _ in range(made["outputChannels"])]])
        return made


def cut(rng, made):
    """A part of a layer as the page holds it, or all of it: the same with less of x, w and bias."""

    def some(size):
        if rng.random() < 0.5:
            return range(size)
        lo = rng.randrange(size)
        return range(lo, rng.randint(lo + 1, size))

    dims, per_group = made["dims"], made["outputChannels"] // made["groups"]
    held = {name: some(made[name]) for name in ["batch", "inputChannels"]}
    channel = rng.randrange(made["outputChannels"])
    held["outputChannels"] = rng.choice(
        [range(made["outputChannels"]), range(channel, channel + 1)]
    )
    one = len(held["outputChannels"]) < per_group
    outputs = [channel % per_group] if one else list(range(per_group))
    inputs, kernels = [some(d["input"]) for d in dims], [some(d["kernel"]) for d in dims]
    x_shape = [made["batch"], made["inputChannels"], *(d["input"] for d in dims)]
    w_shape = [made["inputChannels"], per_group, *(d["kernel"] for d in dims)]

    def flat(index, shape):
        place = 0
        for entry, size in zip(index, shape):
            place = place * size + entry
        return place

    x_index = itertools.product(held["batch"], held["inputChannels"], *inputs)
    w_index = itertools.product(held["inputChannels"], outputs, *kernels)
    pair = lambda r: {"lo": r.start, "hi": r.stop}  # noqa: E731
    bias = made["bias"] and [made["bias"][co] for co in held["outputChannels"]]
    ranges = {name: pair(r) for name, r in held.items()}
    ranges.update(input=[pair(r) for r in inputs], kernel=[pair(r) for r in kernels])
    part = {
        "held": ranges,
        "x": [made["x"][flat(index, x_shape)] for index in x_index],
        "w": [made["w"][flat(index, w_shape)] for index in w_index],
        "bias": bias,
    }
    return {**made, **part}, held, inputs, kernels


CONTRAST = """(() => {
  const parse = (text) => {
    const numbers = text.match(/-?[\\d.]+(e-?\\d+)?/g).map(Number);
    const scale = text.startsWith('color(') ? 255 : 1;
    return [...numbers.slice(0, 3).map((value) => value * scale), numbers[3] ?? 1];
  };
  const over = (front, back) => front.slice(0, 3).map((value, c) => value * front[3] + back[c] * (1 - front[3]));
  const behind = (element) => {
    if (!element) return [255, 255, 255];
    return over(parse(getComputedStyle(element).backgroundColor), behind(element.parentElement));
  };
  const light = (color) => {
    const [r, g, b] = color.map((value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const low = [];
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !element.offsetParent || element.closest('script, option, :disabled')) continue;
    const back = behind(element);
    const [a, b] = [light(over(parse(getComputedStyle(element).color), back)), light(back)].sort((p, q) => q - p);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) low.push(`${element.tagName}.${element.className} ${element.textContent.slice(0, 20)} ${ratio.toFixed(2)}`);
  }
  return [...new Set(low)];
})()"""


class PageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.browser = Browser(find_chromium())

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.folder.cleanup()

    def setUp(self):
        self.opened = False

    def tearDown(self):
        if self.opened:
            self.assertEqual(self.browser.complaints(), [])

    def open(self, name, *view, **more):
        if self.opened:
            self.assertEqual(self.browser.complaints(), [])
        path = os.path.join(self.folder.name, name + ".html")
        with open(path, "w", encoding="utf-8") as file:
            file.write(page_for(LAYERS[name]))
        self.browser.open(path, *view, **more)
        self.opened = True

    def text(self, selector):
        return self.browser.run(f"document.querySelector({json.dumps(selector)}).textContent")

    def equation(self):
        return self.text("#equation")

    def show(self, form):
        self.browser.run(f"document.getElementById('tab-{form}').click()")

    def place(self, selector):
        """The middle of an element, scrolled into view."""
        return self.browser.run(f"""(() => {{
            const element = document.querySelector({json.dumps(selector)});
            element.scrollIntoView({{ block: 'center' }});
            const box = element.getBoundingClientRect();
            return [box.left + box.width / 2, box.top + box.height / 2];
        }})()""")

    def hover(self, selector):
        self.browser.mouse("mouseMoved", *self.place(selector))

    def click(self, selector):
        self.browser.click(*self.place(selector))

    def cell(self, figure, label):
        return f"#{figure} [aria-label^='{label}']"

    def slide(self, field, value, d=0):
        self.browser.run(f"""(() => {{
            const slider = document.getElementById('slider-{d}-{field}');
            slider.value = {value};
            slider.dispatchEvent(new Event('input', {{ bubbles: true }}));
        }})()""")

    def result(self, figure="zeros-y"):
        """The numbers of a grid, row by row."""
        return self.browser.run(
            f"""[...document.querySelectorAll('#{figure} [role=row]')].map((row) =>
            [...row.querySelectorAll('.cell')].map((cell) => cell.querySelector('.value').textContent).join(' '))"""
        )

    # The arithmetic.

    def test_arithmetic(self):
        self.open("question")
        rng = random.Random(7)
        for number in range(200):
            made = random_layer(rng)
            shape, y, parts = scatter(made)
            flat = list(y)
            chosen = rng.choice(flat)
            text = json.dumps(made)
            answer = self.browser.run(f"""(() => {{
                const layer = {text};
                const {{ compute, contributions, phaseOf, zeroInserted }} = window.tconvExplain;
                const {{ shape, y }} = compute(layer);
                const [n, co, ...o] = {json.dumps(chosen)};
                const forms = layer.dims.map((dim, d) => {{
                  const line = zeroInserted(dim);
                  const {{ taps, reads }} = phaseOf(dim, o[d]);
                  const inserted = [];
                  for (let k = 0; k < dim.kernel; ++k) {{
                    const place = line.at(o[d] + k * dim.dilation);
                    if (place.kind === 'element') inserted.push([place.i, dim.kernel - 1 - k]);
                  }}
                  const phase = taps.map((k, t) => [reads[t], k]).filter(([i]) => i >= 0 && i < dim.input);
                  return [inserted, phase];
                }});
                return {{ shape, y: y.map((value) => Number.isFinite(value) ? value : String(value)), forms,
                  parts: contributions(layer, n, co, o).map(({{ n, ci, i, k }}) => [n, ci, i, k]) }};
            }})()""")
            names = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}
            with self.subTest(number=number, layer=text):
                self.assertEqual(answer["shape"], shape)
                for index, got in zip(flat, answer["y"], strict=True):
                    got, want = names.get(got, got), y[index]
                    self.assertTrue(
                        got == want or (math.isnan(got) and math.isnan(want)), (index, got, want)
                    )
                self.assertEqual(answer["parts"], parts[chosen])
                for d, (inserted, phase) in enumerate(answer["forms"]):
                    meet = sorted(map(list, {(i[d], k[d]) for _, _, i, k in parts[chosen]}))
                    if parts[chosen]:
                        self.assertEqual(sorted(inserted), meet)
                    self.assertEqual(sorted(inserted), sorted(phase))

    def test_arithmetic_of_parts(self):
        """What a page holds of a layer gives numbers of the whole layer, under its indices."""
        self.open("question")
        rng = random.Random(11)
        names = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}
        known = 0
        for number in range(200):
            made = random_layer(rng)
            _, y, parts = scatter(made)
            part, held, inputs, kernels = cut(rng, made)
            answer = self.browser.run(f"""(() => {{
                const layer = {json.dumps(part)};
                const {{ compute, contributions, countTerms, faultOf, indicesIn }} = window.tconvExplain;
                const {{ ranges, y }} = compute(layer);
                return indicesIn(y.length ? ranges : []).filter((index) => index.length).map(([n, co, ...o], flat) => ({{
                  index: [n, co, ...o], value: Number.isFinite(y[flat]) ? y[flat] : String(y[flat]),
                  count: countTerms(layer, o), fault: faultOf(layer),
                  parts: contributions(layer, n, co, o).map(({{ n, ci, i, k }}) => [n, ci, i, k]) }}));
            }})()""")
            with self.subTest(number=number, layer=part):
                for element in answer:
                    self.assertIsNone(element["fault"])
                    index = tuple(element["index"])
                    self.assertIn(index, y)
                    self.assertEqual(element["count"], len(parts[index]))
                    there = [
                        [n, ci, i, k]
                        for n, ci, i, k in parts[index]
                        if n in held["batch"]
                        and ci in held["inputChannels"]
                        and all(e in r for e, r in zip(i + k, inputs + kernels))
                    ]
                    self.assertEqual(element["parts"], there)
                    if len(there) == len(parts[index]):
                        known += 1
                        got = names.get(element["value"], element["value"])
                        self.assertTrue(
                            got == y[index] or (math.isnan(got) and math.isnan(y[index])), index
                        )
        self.assertGreater(known, 1000)

    def test_known_results(self):
        self.open("question")
        self.show("zeros")
        self.assertEqual(self.result()[:2], ["6 12 14 12 14 12 14 7", "12 24 28 24 28 24 28 14"])
        self.assertEqual(self.result()[7], "10 20 22 20 22 20 22 11")
        known = {
            "1-0": ["6 14 4", "2 17 21", "0 1 5"],
            "1-1": ["17"],
            "2-0": ["6 2 12 4", "2 10 4 20", "0 0 3 1", "0 0 1 5"],
            "2-1": ["10 4", "0 3"],
        }
        for name, rows in known.items():
            self.open("small-" + name)
            self.show("zeros")
            self.assertEqual(self.result(), rows)

    def test_part(self):
        """Of a large layer the page has a part, under the indices and sizes of the whole."""
        self.open("part")
        sum_text = "x[249,249]*w[3,3] + x[249,250]*w[3,1] + x[250,249]*w[1,3] + x[250,250]*w[1,1]"
        for form in FORMS:
            self.show(form)
            self.assertEqual(self.equation(), f"y[500,500] = {sum_text} = 16 + 14 + 8 + 6 = 44")
            labels = self.browser.run(
                f"""[...document.querySelectorAll('#{form}-y .axis span')].map((s) => s.textContent)"""
            )
            self.assertIn("500", labels)
        self.assertIn("(256 − 1)·2 − 1 − 1 + 1·(4 − 1) + 0 + 1 = 512", self.text("#formulas"))
        self.assertIn("y 1 × 1 × 512 × 512", self.text("#about"))
        self.assertIn("Left out: 226 of 256 rows of x", self.text("#about"))
        self.hover(self.cell("phases-y", "output row 501, column 500,"))
        self.assertTrue(self.equation().startswith("y[501,500] = x[250,249]*w[2,3]"))
        self.browser.mouse("mouseMoved", 1, 1)  # or it chooses whatever comes under it
        # The part follows the element when sliders move, and becomes all of a smaller layer.
        self.slide("stride", 3)
        self.assertTrue(self.equation().startswith("y[501,500] = x[167,166]*w[1,3]"), self.equation())
        self.assertIn("= 767", self.text("#formulas"))
        self.slide("input", 6)
        self.assertTrue(self.equation().startswith("y[16,16] = "))
        self.assertNotIn("Left out", self.text("#about"))

    def test_left_out_terms(self):
        """Of a sum that the page has a part of only, it says how much is missing."""
        self.open("channels")
        left = "… (3 left out)"
        self.assertTrue(self.equation().startswith("y[1,3,2,2] = b[3] + x[1,4,1,1]*"), self.equation())
        self.assertTrue(self.equation().endswith(f" + {left}"), self.equation())
        self.assertIn("Left out: 1 of 2 images of the batch", self.text("#about"))

    def test_descriptor(self):
        """The line about the layer follows the sliders and the values."""
        self.open("question")
        self.assertTrue(self.text("#about").startswith("question.mlir · x 1 × 1 × 4 × 4"))
        self.slide("stride", 3)
        self.assertTrue(self.text("#about").startswith("i4x4 k4x4 s3 p1 (changed) · x 1"))
        self.browser.run("document.querySelector('[data-link=alikeDims] input').click()")
        self.slide("dilation", 2, d=1)
        self.assertTrue(self.text("#about").startswith("i4x4 k4x4 s3 p1 d1x2 (changed)"))
        self.browser.run("document.getElementById('reset').click()")
        self.assertTrue(self.text("#about").startswith("question.mlir · "))
        self.click(self.cell("stamps-x", "input row 0, column 0,"))
        self.browser.run("document.getElementById('editor-value').value = '3'")
        self.browser.press("Enter", 13, "\r")
        self.assertTrue(self.text("#about").startswith("i4x4 k4x4 s2 p1 (changed)"))

    # Choosing an element.

    def test_hover(self):
        self.open("question")
        for form in FORMS:
            self.show(form)
            self.hover(self.cell(f"{form}-y", "output row 0, column 0,"))
            self.assertEqual(self.equation(), "y[0,0] = x[0,0]*w[1,1] = 6")
            self.hover(self.cell(f"{form}-y", "output row 0, column 1, value 12, 2 contributions"))
            self.assertEqual(self.equation(), "y[0,1] = x[0,0]*w[1,2] + x[0,1]*w[1,0] = 7 + 5 = 12")
        self.assertEqual(
            self.text("#note"),
            "Phase B: (0 + 1) mod 2 = 1, (1 + 1) mod 2 = 0; 2 × 2 weights, "
            "2 of them meet nothing, being outside x.",
        )
        self.show("stamps")
        self.assertEqual(self.text("#note"), "2 stamps overlap here: those of x[0,0], x[0,1].")
        self.assertEqual(
            self.browser.run("document.querySelectorAll('#stamps-y .frame.stamp').length"), 2
        )
        self.show("zeros")
        self.assertEqual(
            self.text("#note"),
            "14 of 16 products are with an inserted zero: 4 between elements of x, 10 in the border.",
        )

    def test_hover_does_not_move_the_grid(self):
        self.open("question")
        for form in FORMS:
            self.show(form)
            tops = set()
            for row, column in itertools.product(range(8), repeat=2):
                self.browser.run("window.scrollTo(0, 0)")
                self.browser.run(
                    f"""document.querySelector("#{form}-y [aria-label^='output row {row}, column {column},']")
                    .dispatchEvent(new PointerEvent('pointerover', {{ bubbles: true, pointerType: 'mouse' }}))"""
                )
                self.assertTrue(self.equation().startswith(f"y[{row},{column}] = "))
                tops.add(
                    self.browser.run(
                        f"document.getElementById('{form}-y').getBoundingClientRect().top"
                    )
                )
            self.assertEqual(len(tops), 1)

    def test_hover_does_not_move_the_window(self):
        self.open("big")
        said = self.text("#stamps-y .left-out")
        last = int(said.split(" ")[4]), int(said.split(" ")[12])
        self.hover(self.cell("stamps-y", f"output row {last[0]}, column {last[1]},"))
        self.assertTrue(self.equation().startswith("y[%d,%d] = " % last))
        self.assertEqual(self.text("#stamps-y .left-out"), said)
        self.assertIn("Drawn: rows ", self.text("#stamps-x .left-out"))

    def test_keyboard(self):
        self.open("question")
        for _ in range(60):
            self.browser.press("Tab", 9)
            if self.browser.run("Boolean(document.activeElement.closest('#stamps-y'))"):
                break
        self.browser.press("ArrowRight", 39)
        self.assertEqual(self.equation(), "y[0,1] = x[0,0]*w[1,2] + x[0,1]*w[1,0] = 7 + 5 = 12")
        self.browser.press("ArrowDown", 40)
        self.browser.press("End", 35)
        self.assertTrue(self.equation().startswith("y[1,7] = "))
        self.browser.press("ArrowRight", 39)
        label = self.browser.run("document.activeElement.getAttribute('aria-label')")
        self.assertEqual(label, "output row 1, column 7, value 14, 2 contributions")
        self.assertEqual(
            self.browser.run("document.querySelectorAll('#stamps-y [tabindex=\"0\"]').length"), 1
        )
        self.assertEqual(
            self.browser.run("document.querySelector('#answer [aria-live]').ariaLive"), "polite"
        )

    def test_tabs(self):
        self.open("question")
        self.browser.run("document.getElementById('tab-stamps').focus()")
        for form in ["zeros", "phases", "stamps"]:
            self.browser.press("ArrowRight", 39)
            self.assertEqual(self.browser.run("document.activeElement.id"), "tab-" + form)
            shown = self.browser.run(
                "[...document.querySelectorAll('[role=tabpanel]')].filter((p) => !p.hidden).map((p) => p.id)"
            )
            self.assertEqual(shown, ["panel-" + form])

    # Changing the layer.

    def test_sliders(self):
        self.open("question")
        self.show("zeros")
        self.slide("stride", 3)
        self.assertIn("(4 − 1)·3 − 1 − 1 + 1·(4 − 1) + 0 + 1 = 11", self.text("#formulas"))
        self.assertEqual(self.result()[0], "6 7 13 6 7 13 6 7 13 6 7")
        self.slide("stride", 2)
        self.slide("kernel", 5)
        self.assertIn("go on counting", self.text("#notice"))
        self.assertEqual(self.result("zeros-w")[-1].split()[::-1], "1 2 3 4 17".split())
        self.slide("kernel", 4)
        self.slide("input", 5)
        self.assertIn("of x that were not here before are 1", self.text("#notice"))
        self.assertEqual(len(self.result()), 10)
        self.slide("input", 4)
        self.slide("paddingBegin", 0)
        self.assertEqual(self.result()[0], "1 2 4 6 4 6 4 6 3 4")
        self.slide("outputPadding", 1)
        self.assertEqual(self.result()[-1], " ".join("0" * 11))
        self.slide("stride", 1)
        self.assertIn("Output padding", self.text("#notice"))
        self.slide("dilation", 2)
        self.assertEqual(len(self.result()), 10)
        self.browser.run("document.getElementById('reset').click()")
        self.assertEqual(self.result()[0], "6 12 14 12 14 12 14 7")
        self.browser.run("document.querySelector('[data-link=alikeDims] input').click()")
        self.slide("stride", 1, d=0)
        self.assertEqual((len(self.result()), len(self.result()[0].split())), (5, 8))
        self.browser.run("document.querySelector('[data-link=alikePads] input').click()")
        self.slide("paddingEnd", 0, d=1)
        self.assertEqual(len(self.result()[0].split()), 9)

    def test_examples(self):
        self.open("line")
        for number in range(1, self.browser.run("document.getElementById('example').length")):
            self.browser.run(f"""(() => {{
                const example = document.getElementById('example');
                example.value = {number};
                example.dispatchEvent(new Event('change'));
            }})()""")
            empty = not self.browser.run("document.getElementById('problem').hidden")
            self.assertEqual(empty, number == 3)
            for form in FORMS:
                self.show(form)

    def test_stepper(self):
        self.open("question")
        press = lambda step: self.browser.run(
            f"document.querySelector('[data-step={step}]').click()"
        )  # noqa: E731
        press("first")
        self.assertEqual(self.text("#step-text"), "No stamps yet: y is 0 everywhere.")
        self.assertEqual(set(" ".join(self.result("stamps-y")).split()), {"0"})
        press("next")
        self.assertEqual(
            self.text("#step-text"),
            "Stamp 1 of 16: x[0,0] = 1 times the kernel, corner at (-1, -1).",
        )
        self.assertEqual(self.result("stamps-y")[0], "1 2 3 4 0 0 0 0 0 0")
        press("next")
        self.assertEqual(self.result("stamps-y")[0], "1 2 4 6 3 4 0 0 0 0")
        self.browser.run("document.getElementById('step').focus()")
        self.browser.press("ArrowRight", 39)
        self.assertTrue(self.text("#step-text").startswith("Stamp 3 of 16"))
        press("previous")
        self.assertTrue(self.text("#step-text").startswith("Stamp 2 of 16"))
        press("last")
        self.assertEqual(self.text("#step-text"), "All 16 stamps are down.")

    def test_editing(self):
        self.open("question")
        self.click(self.cell("stamps-x", "input row 0, column 0,"))
        self.assertEqual(self.text("#editor label"), "x[0,0] =")
        for wrong, right in [("ten", "10"), ("", "-inf")]:
            self.browser.run(f"document.getElementById('editor-value').value = '{wrong}'")
            self.browser.press("Enter", 13, "\r")
            self.assertEqual(
                self.browser.run("document.getElementById('editor-value').ariaInvalid"), "true"
            )
            self.browser.run(f"document.getElementById('editor-value').value = '{right}'")
            self.browser.press("Enter", 13, "\r")
            self.assertTrue(self.browser.run("document.getElementById('editor').hidden"))
            self.hover(self.cell("stamps-y", "output row 0, column 0,"))
            result = {"10": "60", "-inf": "-inf"}[right]
            self.assertEqual(self.equation(), f"y[0,0] = x[0,0]*w[1,1] = {result}")
            self.browser.run("document.querySelector('#stamps-x .cell').focus()")
            self.browser.press("Enter", 13, "\r")
        self.browser.press("Escape", 27)
        self.assertTrue(self.browser.run("document.activeElement.closest('#stamps-x') !== null"))
        self.browser.press("7", 55, "7")
        self.assertEqual(self.browser.run("document.getElementById('editor-value').value"), "7")
        self.browser.press("Enter", 13, "\r")
        self.assertEqual(self.equation(), "y[0,0] = x[0,0]*w[1,1] = 42")
        self.assertIn("with the numbers: 7*6", self.text("#values"))

    # Layers of every kind.

    def test_problems(self):
        self.open("small-2-2")
        self.assertIn(
            "O = (I − 1)·s − pb − pe + d·(K − 1) + op + 1 = (2 − 1)·2 − 2 − 2 + 1·(2 − 1) + 0 + 1 = 0",
            self.text("#problem"),
        )
        self.assertTrue(self.browser.run("document.getElementById('board').hidden"))
        self.slide("paddingBegin", 1)
        self.assertTrue(self.browser.run("document.getElementById('problem').hidden"))
        self.show("zeros")
        self.assertEqual(self.result(), ["10 4", "0 3"])
        self.open("huge")
        self.assertIn("3,240,000 multiply-adds", self.text("#problem"))
        self.slide("input", 5)
        self.assertTrue(self.browser.run("document.getElementById('problem').hidden"))
        self.open("fault")
        self.assertIn("output padding 2 has to be below", self.text("#problem"))

    def test_other_layers(self):
        self.open("line")
        self.assertEqual(self.equation(), "y[3] = x[1]*w[2] + x[2]*w[0] = -1 + 3 = 2")
        self.assertEqual(self.result("stamps-ladder")[1].split(), "-2 4 -1".split())
        self.open("volume")
        self.assertTrue(self.equation().endswith("= 27 + 25 + 21 + 19 + 9 + 7 + 3 + 1 = 112"))
        self.assertEqual(
            self.browser.run("document.querySelectorAll('#selectors select').length"), 3
        )
        self.open("groups")
        self.assertTrue(self.equation().startswith("y[0,0,3,3] = b[0] + x[0,0,1,1]*w[0,0,2,2] + "))
        self.browser.run("""(() => {
            const select = document.querySelector('[data-select=co]');
            select.value = 4;
            select.dispatchEvent(new Event('change'));
        })()""")
        self.assertTrue(self.equation().startswith("y[0,4,3,3] = b[4] + x[0,2,1,1]*w[2,1,2,2] + "))
        self.open("holes")
        self.show("phases")
        self.assertIn("12 phases without weights: bias only", self.text("#legend"))
        self.hover(self.cell("phases-y", "output row 0, column 0,"))
        self.assertEqual(self.equation(), "y[0,0] = b[0] = 0.5")
        self.assertIn("no weight reaches this phase", self.text("#note"))
        self.open("big")
        self.assertIn("Left out: x is 1 × 64", self.text("#about"))
        self.assertIn("The rest is left out", self.text("#stamps-y .left-out"))
        self.browser.run("document.querySelector('#stamps-y [tabindex=\"0\"]').focus()")
        for _ in range(12):
            self.browser.press("ArrowDown", 40)
        self.assertTrue(self.equation().startswith("y[32,21] = "))
        self.assertIn("output row 32,", self.browser.run("document.activeElement.ariaLabel"))
        self.open("markup")
        self.assertIn("</script><b>title", self.text("#about"))
        self.assertIn("<img src=x", self.text(".omitted"))

    # How it looks.

    def test_views(self):
        pictures = os.environ.get("SCREENSHOTS")
        for name in LAYERS:
            for (width, height), dark in itertools.product(
                [(360, 740), (390, 844), (768, 1024), (1440, 900), (1600, 900)], [False, True]
            ):
                if name != "question" and (dark or width not in (390, 1440)):
                    continue
                self.open(name, width, height, dark=dark)
                for form in FORMS:
                    self.show(form)
                    with self.subTest(layer=name, width=width, dark=dark, form=form):
                        self.assertLessEqual(
                            self.browser.run("document.documentElement.scrollWidth"), width
                        )
                        self.assertEqual(self.browser.run(CONTRAST), [])
                        beyond = self.browser.run(
                            """[...document.querySelectorAll('figure:not([hidden]) .holder')]
                            .filter((holder) => holder.scrollWidth > holder.parentElement.clientWidth + 1)
                            .map((holder) => holder.parentElement.id)"""
                        )
                        self.assertEqual(beyond, [])
                    if pictures:
                        look = "dark" if dark else "light"
                        self.browser.screenshot(
                            os.path.join(pictures, f"{name}-{form}-{width}-{look}.png")
                        )


if __name__ == "__main__":
    if not find_chromium():
        print("skipped: there is no chromium (set CHROMIUM to its path)")
        sys.exit(0)
    unittest.main()
