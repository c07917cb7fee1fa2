"""The figure that lesson 04 needs and no library draws."""

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("Agg")

import matplotlib.pyplot as plt

from course_utils.plots import surrogate_panels

GRID = np.linspace(0, 1, 11)


@pytest.fixture
def figure():
    gain = np.zeros(11)
    gain[7] = 1.0
    stage = (np.array([0.1, 0.9]), np.array([0.4, 0.6]), GRID, np.full(11, 0.1), gain)
    stages = {"antes": stage, "después": stage}
    fig = surrogate_panels(stages, GRID, GRID**2, x="mando", y="exactitud", acquisition="mejora")
    yield fig
    plt.close(fig)


def test_two_rows_and_one_column_per_stage(figure):
    titles = [ax.get_title(loc="left") or ax.get_title() for ax in figure.axes]
    assert titles == ["antes", "después", "", ""]
    assert [ax.get_ylabel() for ax in figure.axes] == ["exactitud", "", "mejora", ""]
    assert [ax.get_xlabel() for ax in figure.axes] == ["", "", "mando", "mando"]


def test_the_dotted_line_stands_where_the_gain_is_highest(figure):
    for ax in figure.axes:
        assert ax.lines[-1].get_xdata()[0] == pytest.approx(0.7)


def test_it_shows_model_truth_and_trials_and_names_them_once(figure):
    mean, truth, tried, _ = figure.axes[0].lines
    np.testing.assert_allclose(mean.get_ydata(), GRID)
    np.testing.assert_allclose(truth.get_ydata(), GRID**2)
    np.testing.assert_allclose(tried.get_ydata(), [0.4, 0.6])
    assert len(figure.legends) == 1
    assert len(figure.legends[0].get_texts()) == 4
