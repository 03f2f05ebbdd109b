#!/usr/bin/env python3
# REQUIRES: chromium
# RUN: %python %s
"""What the page of tconv-explain computes, in a headless Chromium, against the definition.

Needs nothing but the standard library and Chromium; without the latter it is skipped.
"""

import json
import math
import os
import random
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "Inputs"))
from layers import cut, dim, layer, random_layer, scatter, small  # noqa: E402
from page_case import FORMS, PageCase, run_tests  # noqa: E402



class ArithmeticTest(PageCase):
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


if __name__ == "__main__":
    run_tests()
