"""The figure of lesson 11: layers and who hands what to whom."""

from types import SimpleNamespace

import matplotlib as mpl

mpl.use("Agg")

import matplotlib.pyplot as plt
import pytest

from course_utils.plots import network_panels


class Conv:
    """A layer, as far as the figure asks."""

    def __init__(self, name, *before):
        self.name, self.output = name, object()
        given = [layer.output for layer in before] or [self.output]
        self.input = given if len(given) > 1 else given[0]


@pytest.fixture
def skipping():
    """An input, a layer that is jumped over, and their sum."""
    first = Conv("first")
    middle = Conv("middle", first)
    return SimpleNamespace(layers=[first, middle, Conv("sum", first, middle)])


@pytest.fixture
def branching():
    first = Conv("first")
    sides = Conv("left", first), Conv("right", first)
    return SimpleNamespace(layers=[first, *sides, Conv("joined", *sides)])


@pytest.fixture
def figure(skipping, branching):
    fig = network_panels({"saltos": skipping, "ramas": branching})
    yield fig
    plt.close(fig)


def boxes(ax):
    return [text for text in ax.texts if text.get_text()]


def arrows(ax):
    return [(text.xyann, text.xy) for text in ax.texts if not text.get_text()]


def test_a_panel_for_each_network_with_its_title(figure):
    assert [ax.get_title(loc="left") or ax.get_title() for ax in figure.axes] == ["saltos", "ramas"]
    assert {text.get_text() for ax in figure.axes for text in boxes(ax)} == {"Conv"}


def test_a_layer_stands_below_all_that_it_takes_from(figure):
    assert [text.get_position()[1] for text in boxes(figure.axes[0])] == [0, -1, -2]
    assert [text.get_position()[1] for text in boxes(figure.axes[1])] == [0, -1, -1, -2]
    for ax in figure.axes:
        assert all(end[1] < start[1] for start, end in arrows(ax))


def test_layers_side_by_side_do_not_cover_one_another(figure):
    for ax in figure.axes:
        places = [text.get_position() for text in boxes(ax)]
        assert len(set(places)) == len(places)


def test_every_input_has_its_arrow(figure):
    assert len(arrows(figure.axes[0])) == 3
    assert len(arrows(figure.axes[1])) == 4


def test_an_arrow_goes_around_the_layer_that_it_jumps_over(figure):
    drawn = [text for text in figure.axes[0].texts if not text.get_text()]
    curved = [text.arrow_patch.get_connectionstyle().rad != 0 for text in drawn]
    far = [text.xyann[1] - text.xy[1] > 1 for text in drawn]
    assert curved == far
    assert sum(far) == 1


def test_a_branch_of_two_layers_stays_on_its_side():
    first = Conv("first")
    left, right = Conv("left", first), Conv("right", first)
    below = Conv("below", left)
    network = SimpleNamespace(layers=[first, left, right, below, Conv("joined", below, right)])
    fig = network_panels({"celda": network})
    places = [text.get_position() for text in boxes(fig.axes[0])]
    assert places == [(0.5, 0), (0, -1), (1, -1), (0, -2), (0.5, -3)]
    drawn = [text for text in fig.axes[0].texts if not text.get_text()]
    patches = [getattr(text, "arrow_patch") for text in drawn]  # noqa: B009
    assert all(patch.get_connectionstyle().rad == 0 for patch in patches)  # nothing is met
    plt.close(fig)
