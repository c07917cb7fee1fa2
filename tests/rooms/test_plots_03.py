"""The figure that lesson 03 needs and no library draws."""

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("Agg")

import matplotlib.pyplot as plt

from course_utils.plots import projections


@pytest.fixture
def figure():
    levels = np.array([1, 3, 5]) / 6
    grid = np.stack(np.meshgrid(levels, levels), axis=-1).reshape(-1, 2)
    chance = np.random.default_rng(0).random((9, 2))
    fig = projections({"cuadrícula": grid, "azar": chance}, x="importante", y="irrelevante")
    yield fig
    plt.close(fig)


def test_one_panel_per_design_with_its_title_and_axis_names(figure):
    assert [ax.get_title(loc="left") or ax.get_title() for ax in figure.axes] == [
        "cuadrícula",
        "azar",
    ]
    assert {ax.get_xlabel() for ax in figure.axes} == {"importante"}
    assert {ax.get_ylabel() for ax in figure.axes} == {"irrelevante"}


def test_shadows_on_the_axis_are_the_distinct_values(figure):
    shadows = [{*ax.lines[1].get_xdata().round(9)} for ax in figure.axes]
    assert [len(values) for values in shadows] == [3, 9]
    assert all((ax.lines[1].get_ydata() == 0).all() for ax in figure.axes)


def test_a_single_design_is_accepted():
    fig = projections({"uno": np.array([[0.5, 0.5]])}, x="a", y="b")
    assert len(fig.axes) == 1
    plt.close(fig)


@pytest.mark.filterwarnings("ignore::optuna.exceptions.ExperimentalWarning")
def test_optuna_plots_do_not_change_the_style_of_later_figures(capsys):
    import optuna
    from optuna.visualization.matplotlib import plot_slice

    from course_utils.plots import PALETTE, show, use_style

    use_style()
    before = mpl.rcParams.copy()
    study = optuna.create_study()
    study.optimize(lambda trial: trial.suggest_float("x", 0, 1), n_trials=2)
    show(plot_slice(study), "Dos intentos, de 0 a 1.")
    assert mpl.rcParams == before
    assert mpl.rcParams["axes.prop_cycle"].by_key()["color"] == list(PALETTE)
