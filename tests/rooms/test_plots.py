import base64

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.patches import Rectangle

from course_utils import heat_map, plots, show

plt.switch_backend("agg")


@pytest.fixture
def shown(monkeypatch):
    bundles = []
    monkeypatch.setattr(
        "IPython.display.display", lambda data, **kwargs: bundles.append((data, kwargs))
    )
    return bundles


def test_show_gives_every_reader_the_text(shown):
    fig, _ = plt.subplots()
    show(fig, 'Sube de "0.1" a 0.9')
    (bundle, keywords) = shown[0]
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")
    assert 'alt="Sube de &quot;0.1&quot; a 0.9"' in bundle["text/html"]
    assert bundle["text/plain"] == keywords["metadata"]["image/png"]["alt"]
    assert not plt.fignum_exists(fig.number)


def test_show_takes_axes_too(shown):
    _, ax = plt.subplots()
    show(ax, "Una recta que sube.")
    assert len(shown) == 1


@pytest.mark.parametrize("plot", ["plot_slice", "plot_contour", "plot_parallel_coordinate"])
def test_show_takes_whatever_optuna_returns(shown, plot):
    import optuna

    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=1))
    names = ("x", "y", "z")
    study.optimize(lambda trial: sum(trial.suggest_float(name, 0, 1) for name in names), n_trials=3)
    show(getattr(optuna.visualization.matplotlib, plot)(study), "Tres hiperparámetros.")
    assert len(shown) == 1
    assert not plt.get_fignums()


def test_show_refuses_a_picture_without_text(shown):
    fig, _ = plt.subplots()
    with pytest.raises(ValueError, match="texto alternativo"):
        show(fig, "  ")
    assert not shown
    plt.close(fig)


def test_heat_map_begins_its_colours_where_it_is_told():
    table = pd.DataFrame([[0.1, 0.96], [0.98, 0.99]])
    ax = heat_map(table, vmin=0.95)
    assert ax.images[0].get_clim() == (0.95, 0.99)
    assert [text.get_color() for text in ax.texts] == ["white", "white", "black", "black"]
    plt.close(ax.get_figure(root=True))


def test_heat_map_frames_the_best_cell_and_leaves_missing_ones_blank():
    table = pd.DataFrame([[0.1, np.nan], [0.9, 0.3]], index=[1, 10], columns=[0.001, 0.5])
    table.index.name, table.columns.name = "C", "gamma"
    ax = heat_map(table, label="exactitud")
    frame = ax.patches[-1]
    assert isinstance(frame, Rectangle)
    assert frame.get_xy() == (-0.5, 0.5)
    assert [text.get_text() for text in ax.texts] == ["0.100", "0.900", "0.300"]
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["0.001", "0.5"]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("gamma", "C")
    plt.close(ax.get_figure(root=True))


def test_style_sets_the_palette():
    plots.use_style()
    assert plt.rcParams["axes.prop_cycle"].by_key()["color"] == list(plots.PALETTE)


def test_show_gives_panels_of_optuna_the_look_of_the_course(shown):
    import optuna
    from optuna.visualization.matplotlib import plot_optimization_history

    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=1))
    study.optimize(lambda trial: trial.suggest_float("x", 0, 1), n_trials=3)
    ax = plot_optimization_history(study)
    assert ax.get_facecolor() != (1, 1, 1, 1), "Optuna's style is no longer grey: drop the repair"
    show(ax, "El mejor valor, intento a intento.")
    assert ax.get_facecolor() == (1, 1, 1, 1)
    assert ax.spines["left"].get_visible()
    assert not ax.spines["top"].get_visible()
