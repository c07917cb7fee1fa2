"""The curves and the figure of lesson 08: learning rates over steps."""

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("Agg")

import matplotlib.pyplot as plt

from course_utils.plots import schedule_curves, schedule_panels


def halves(step):
    return np.float32(0.8) * 0.5 ** (step // 10)


@pytest.fixture
def figure():
    curves = schedule_curves(dict.fromkeys("abcd", halves), 25)
    fig = schedule_panels(curves, steps_per_epoch=10)
    yield fig
    plt.close(fig)


def test_a_curve_holds_the_rate_of_every_step():
    curves = schedule_curves({"mitades": halves, "fija": lambda step: 1}, 25)
    assert list(curves) == ["mitades", "fija"]
    np.testing.assert_allclose(curves["mitades"], [0.8] * 10 + [0.4] * 10 + [0.2] * 5)
    np.testing.assert_array_equal(curves["fija"], np.ones(25))


def test_no_steps_give_empty_curves():
    assert schedule_curves({"fija": lambda step: 1.0}, 0)["fija"].shape == (0,)


def test_a_panel_per_curve_on_one_scale(figure):
    shown = [ax for ax in figure.axes if ax.get_visible()]
    assert [ax.get_title(loc="left") or ax.get_title() for ax in shown] == list("abcd")
    assert len({ax.get_ylim() for ax in shown}) == 1
    assert shown[0].get_ylim()[0] == 0
    np.testing.assert_allclose(shown[3].lines[0].get_ydata()[[0, 24]], [0.8, 0.2])


def test_dotted_lines_stand_at_the_ends_of_epochs(figure):
    dotted = [line.get_xdata()[0] for line in figure.axes[0].lines[1:]]
    assert dotted == [10, 20]


@pytest.mark.slow  # imports TensorFlow
def test_keras_schedules_are_understood():
    schedules = pytest.importorskip("keras").optimizers.schedules
    cosine = schedules.CosineDecay(0.0, 8, warmup_target=0.1, warmup_steps=2)
    curve = schedule_curves({"coseno": cosine}, 12)["coseno"]
    np.testing.assert_allclose(curve[[0, 1, 2, 6, 10, 11]], [0, 0.05, 0.1, 0.05, 0, 0], atol=1e-7)


@pytest.mark.slow  # imports TensorFlow
def test_keras_schedules_asked_at_once_answer_as_step_by_step():
    schedules = pytest.importorskip("keras").optimizers.schedules
    every = {
        "exponencial": schedules.ExponentialDecay(0.1, 10, 0.96, staircase=True),
        "escalones": schedules.PiecewiseConstantDecay([10, 20], [0.1, 0.01, 0.001]),
        "polinomio": schedules.PolynomialDecay(0.1, 8, 0.001, power=2, cycle=True),
        "inversa": schedules.InverseTimeDecay(0.1, 10, 1.0),
        "coseno": schedules.CosineDecay(0.0, 25, warmup_target=0.1, warmup_steps=5),
        "reinicios": schedules.CosineDecayRestarts(0.1, 7, t_mul=2.0, m_mul=0.5),
        "reinicios iguales": schedules.CosineDecayRestarts(0.1, 7),
        "a mano": halves,
    }
    curves = schedule_curves(every, 30)
    assert list(curves) == list(every)
    for name, schedule in every.items():
        plain = [float(schedule(step)) for step in range(30)]
        np.testing.assert_allclose(curves[name], plain, atol=1e-7, err_msg=name)
    assert all(len(curve) == 0 for curve in schedule_curves(every, 0).values())
