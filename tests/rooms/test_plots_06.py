"""The figure that lesson 06 needs and no library draws."""

import matplotlib as mpl
import pandas as pd
import pytest

mpl.use("Agg")

import matplotlib.pyplot as plt

from course_utils.plots import PALETTE, effect_plot

ROWS = pd.DataFrame(
    [("Alta", "tasa", "÷ 10", -28.0, 8.0), ("Baja", "lote", "16", 1.1, 0.7)],
    columns=["la tabla dice", "factor", "nivel", "efecto", "±"],
)


@pytest.fixture
def ax():
    ax = effect_plot(ROWS, legend="la tabla dice", label="puntos")
    yield ax
    plt.close(ax.get_figure(root=True))


def test_one_named_row_per_effect_from_top_to_bottom(ax):
    assert [text.get_text() for text in ax.get_yticklabels()] == ["tasa: ÷ 10", "lote: 16"]
    assert ax.yaxis_inverted()


def test_the_colour_is_the_claim(ax):
    texts = [text.get_text() for text in ax.get_legend().get_texts()]
    assert texts == ["Alta", "Baja"]
    assert [c.lines[0].get_color() for c in ax.containers] == [PALETTE[1], PALETTE[4]]


def test_whole_intervals_are_inside_and_marks_are_signed(ax):
    low, high = ax.get_xlim()
    assert low < -36 and high > 1.8
    labels = [text.get_text() for text in ax.get_xticklabels()]
    assert labels == ["-20", "-10", "-5", "-2", "-1", "0", "+1", "+2"]


def test_it_leaves_the_table_alone_and_draws_on_given_axes():
    before = ROWS.copy()
    _, given = plt.subplots()
    assert effect_plot(ROWS, given) is given
    pd.testing.assert_frame_equal(ROWS, before)
    plt.close("all")
