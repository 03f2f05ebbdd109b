"""What tests of the page of tconv-explain in a headless Chromium share."""

import json
import os
import sys
import tempfile
import unittest

from browser import Browser, find_chromium
from build_page import page_for
from layers import LAYERS

FORMS = ["stamps", "zeros", "phases"]


class PageCase(unittest.TestCase):
    """A browser, and what users do to the page in it."""

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


def run_tests():
    if not find_chromium():
        print("skipped: there is no chromium (set CHROMIUM to its path)")
        sys.exit(0)
    unittest.main()
