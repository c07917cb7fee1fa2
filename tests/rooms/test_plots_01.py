"""The drawing of lesson 01: which rows each fold validates on."""

import numpy as np
from sklearn.model_selection import KFold, StratifiedKFold

from course_utils.plots import fold_map

Y = np.repeat([0, 1], [16, 4])


def _cells(ax):
    return np.asarray(ax.collections[0].get_array()).reshape(-1, len(Y))


def test_each_row_is_validated_once_and_the_classes_are_drawn_below():
    fig = fold_map({"a": KFold(5), "b": StratifiedKFold(4)}, Y)
    first, second = (_cells(ax) for ax in fig.axes)
    assert first.shape == (6, 20)
    assert second.shape == (5, 20)
    for cells in (first, second):
        assert (cells[:-1].sum(axis=0) == 1).all()
        assert (cells[-1] == 2 + Y).all()
    assert (first[4, 16:] == 1).all()  # KFold in order: the last fold holds the whole class 1


def test_titles_and_spanish_names():
    fig = fold_map({"KFold": KFold(5)}, Y)
    (ax,) = fig.axes
    assert ax.get_title(loc="left") == "KFold" or ax.get_title() == "KFold"
    assert [label.get_text() for label in ax.get_yticklabels()][-1] == "clase"
    assert [text.get_text() for text in fig.legends[0].get_texts()][:2] == [
        "entrenamiento",
        "validación",
    ]
