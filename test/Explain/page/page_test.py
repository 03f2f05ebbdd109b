#!/usr/bin/env python3
# REQUIRES: chromium
# RUN: %python %s
"""Opens the page of tconv-explain in a headless Chromium and uses it.

Needs nothing but the standard library and Chromium; without the latter it is skipped.
With SCREENSHOTS=FOLDER in the environment it also leaves pictures there.
"""

import itertools
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "Inputs"))
from layers import LAYERS, layer, small  # noqa: E402
from page_case import FORMS, PageCase, run_tests  # noqa: E402

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


class PageTest(PageCase):
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
    run_tests()
