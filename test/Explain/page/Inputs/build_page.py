"""Puts the page together from its sources, in the order that its README lists."""

import json
import os
import re

SOURCES = os.path.join(
    os.path.dirname(os.path.realpath(__file__)), *[".."] * 4, "lib", "Explain", "page"
)


def read(name):
    with open(os.path.join(SOURCES, name), encoding="utf-8") as file:
        return file.read()


def script_names():
    return re.findall(r"\w+\.js(?=[ \n])", read("README.md"))


def page_for(layer):
    script = "".join(read(name) for name in script_names())
    text = json.dumps(layer).replace("<", "\\u003c")
    parts = {"/*{{style}}*/": read("style.css"), "/*{{script}}*/": script, "{{layer}}": text, "{{pipeline}}": "null"}
    return re.sub(
        r"/\*\{\{(?:style|script)\}\}\*/|\{\{(?:layer|pipeline)\}\}",
        lambda match: parts[match[0]],
        read("page.html"),
    )
