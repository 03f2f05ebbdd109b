"""tconv.explain in all its forms."""

import pytest
import tconv


def test_shows_where_a_number_comes_from():
    layer = tconv.compile("i4x4 k4 s2 p1")
    explanation = tconv.explain(layer, at=(0, 1))
    assert "y[0,1] = x[0,0]*w[1,2] + x[0,1]*w[1,0] = 7 + 5 = 12" in explanation.text
    assert str(explanation) == explanation.text
    assert explanation.svg.startswith("<svg") or "<svg" in explanation.svg[:200]
    assert tconv.explain("i4x4 k4 s2 p1", "0,1").text == explanation.text


def test_is_a_page_in_notebooks():
    explanation = tconv.explain("i4x4 k4 s2 p1")
    assert "<script" in explanation.html and '"sentence":' not in explanation.html
    frame = explanation._repr_html_()
    # The page is inside of an attribute, so that neither can end the other.
    assert frame.startswith("<iframe srcdoc=") and frame.endswith("</iframe>")
    assert frame.count("<") == 2 and "&lt;script" in frame
    assert '"sentence":' in tconv.explain("i4x4 k4 s2 p1", stages=True).html


def test_saves_files(tmp_path):
    explanation = tconv.explain("i4 k4 s2 p1")
    explanation.save(tmp_path / "layer.svg")
    explanation.save(tmp_path / "layer.html")
    assert (tmp_path / "layer.svg").read_text() == explanation.svg
    assert (tmp_path / "layer.html").read_text() == explanation.html


def test_says_what_cannot_be_explained():
    with pytest.raises(tconv.InputError, match="got 9"):
        tconv.explain("i4 k4", at=(9,))
    with pytest.raises(tconv.InputError, match="expected one tconv.conv_transpose in @main, found 0"):
        tconv.explain("func.func @main() {\n  return\n}\n")
