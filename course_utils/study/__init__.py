"""One table for every search: any finished search becomes an Optuna Study.

The standard plots of ``optuna.visualization.matplotlib``, the importances and
``Study.trials_dataframe`` then serve every library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from course_utils import messages

if TYPE_CHECKING:
    import optuna
    import pandas as pd

__all__ = ["boundary_report", "to_study"]

# The reader of each library is a module of its own; the library's name is the root of the package
# that the type of the search, or one of its ancestors, comes from.
_READERS = {
    "hyperopt": "_hyperopt",
    "keras_tuner": "_keras_tuner",
    "tpot": "_tpot",
    "sklearn": "_sklearn",
}
_OBSERVED = "observed_range"


def to_study(search: Any, space: Any = None) -> optuna.Study:
    """Turn a finished search into an Optuna study.

    Parameters
    ----------
    search : object
        GridSearchCV, RandomizedSearchCV or a halving search of scikit-learn, fitted (with several
        metrics, the one named by ``refit`` is taken); Trials of Hyperopt; a tuner of Keras Tuner
        after ``search``; a TPOT estimator after ``fit``.
    space : dict, list or hp expression, optional
        The space given to ``fmin``; for Hyperopt only, and required there, because Trials keep
        neither the ranges nor the options of ``hp.choice``.

    Returns
    -------
    optuna.Study
        One trial per candidate, with its parameters and their distributions, one distribution per
        name. The user attributes of the study are ``metrics`` (list of str) and, where a
        hyperparameter has no bounds, ``observed_range`` (their names: the range is the one seen).
        A candidate without a result is a failed trial; one cut off by an interruption is a running
        one. Order, value and user attributes of the trials:

        scikit-learn
            As in ``cv_results_``; mean cross-validation score, to maximize; ``fold_scores`` (list
            of float), ``fit_seconds`` (sum over the folds, s) and, for a halving search, ``iter``
            and ``n_resources``.
        Hyperopt
            As in the Trials; loss, to minimize; ``seconds`` (s), ``error`` of a crashed trial, and
            the other keys of the result whose values are plain or lists of plain values.
            A parameter is the value drawn for its label: an index of ``hp.choice`` becomes the
            option (an option with its own space, the texts in it), ``scope.int`` is applied, other
            arithmetic around it is not.
        Keras Tuner
            As started; score in the objective's direction; ``trial_id``, ``best_step``,
            ``metrics`` (dict), ``fixed`` (dict), ``error`` and, for Hyperband, ``bracket``,
            ``round``, ``epochs``, ``initial_epoch`` and ``parent_trial_id``. The library records
            the best epoch only (one intermediate value), and neither seconds nor the scores of
            folds or executions.
        TPOT
            As in ``evaluated_individuals``; one value per objective; ``pipeline`` (str),
            ``generation``, ``parents`` (numbers of trials), ``variation``, ``eval_error`` and
            ``seconds`` (s). In a space of one estimator the parameters are its own; otherwise they
            are named ``step__parameter``, and ``steps`` is the sequence of steps. Constants of the
            space stand in ``pipeline`` only.

    Raises
    ------
    TypeError
        If `search` is of no known kind.
    ValueError
        If it has no results yet, has several metrics and none chosen, or if `space` is missing,
        does not belong to the Trials, or is given for another library.

    Notes
    -----
    Numeric options of a list, choice or grid become a range, on a logarithmic axis if they are
    evenly spaced there. Optuna has no steps on a logarithmic axis and no ``reverse_log``: such
    steps are lost, and ``reverse_log`` becomes linear.

    Examples
    --------
    >>> study = to_study(trials, space)  # doctest: +SKIP
    >>> optuna.visualization.matplotlib.plot_slice(study)  # doctest: +SKIP
    """
    import optuna

    name = _reader(search)
    if space is not None and name != _READERS["hyperopt"]:
        raise ValueError(messages.STUDY_SPACE_UNUSED.format(type=type(search).__name__))
    reader = import_module(f"course_utils.study.{name}")
    table = reader.read(search, space) if name == _READERS["hyperopt"] else reader.read(search)
    study = optuna.create_study(directions=table.directions)
    study.set_user_attr("metrics", table.metrics)
    if table.observed:
        study.set_user_attr(_OBSERVED, table.observed)
    study.add_trials(table.trials)
    return study


def _reader(search: Any) -> str:
    """Return the name of the module that reads `search`; nothing else is imported."""
    for ancestor in type(search).__mro__:
        name = _READERS.get(ancestor.__module__.partition(".")[0])
        if name and import_module(f"course_utils.study.{name}").accepts(search):
            return name
    raise TypeError(messages.STUDY_UNKNOWN.format(type=type(search).__name__))


def boundary_report(study: optuna.Study) -> pd.DataFrame:
    """Say for each numeric hyperparameter whether the best trial lies on the edge of its range.

    Parameters
    ----------
    study : optuna.Study
        With at least one complete trial.

    Returns
    -------
    pandas.DataFrame
        One row per hyperparameter of the best trial: best value, lowest and highest value allowed,
        and ``"sí"``, ``"no"`` or ``"—"`` (categorical, a range of one value, or one without
        bounds).

    Raises
    ------
    ValueError
        If no trial is complete.

    References
    ----------
    The ritual is that of Google's Deep Learning Tuning Playbook, "Identifying bad search space
    boundaries".
    """
    import pandas as pd
    from optuna.trial import TrialState

    if not study.get_trials(deepcopy=False, states=(TrialState.COMPLETE,)):
        raise ValueError(messages.STUDY_EMPTY)
    best, unbounded = study.best_trial, study.user_attrs.get(_OBSERVED, [])
    rows = [_boundary_row(name, best, name in unbounded) for name in best.params]
    return pd.DataFrame(rows, columns=list(messages.BOUNDARY_COLUMNS))


def _boundary_row(name: str, best: optuna.trial.FrozenTrial, unbounded: bool) -> tuple[Any, ...]:
    from optuna.distributions import FloatDistribution, IntDistribution

    distribution, value = best.distributions[name], best.params[name]
    if unbounded or not isinstance(distribution, IntDistribution | FloatDistribution):
        return name, value, *[messages.NOT_APPLICABLE] * 3
    if distribution.single():
        return name, value, *[messages.NOT_APPLICABLE] * 3
    low, high = distribution.low, distribution.high
    edge = np.isclose(value, (low, high), rtol=1e-9, atol=0).any()
    return name, value, low, high, messages.YES if edge else messages.NO
