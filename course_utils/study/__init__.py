"""One table for every search: any finished search becomes an Optuna Study.

The standard plots of ``optuna.visualization.matplotlib``, the importances and
``Study.trials_dataframe`` then serve every library.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from course_utils import messages
from course_utils.study._table import OBSERVED, as_study

if TYPE_CHECKING:
    import optuna
    import pandas as pd

__all__ = ["boundary_report", "to_study"]

# The reader of each library is a module of its own; the library's name is the root of the package
# that the type of the search, or one of its ancestors, comes from.
_READERS = {
    "hyperopt": "_hyperopt",
    "keras_tuner": "_keras_tuner",
    "skopt": "_skopt",
    "sklearn": "_sklearn",
    "sklearn_genetic": "_sklearn_genetic",
    "smac": "_smac",
    "tpot": "_tpot",
}


def to_study(search: Any, space: Any = None) -> optuna.Study:
    """Turn a finished search into an Optuna study.

    Parameters
    ----------
    search : object
        GridSearchCV, RandomizedSearchCV or a halving search of scikit-learn, or a search with the
        same ``cv_results_``, fitted (with several metrics, the one named by ``refit`` is taken);
        BayesSearchCV of scikit-optimize; Trials of Hyperopt; a tuner of Keras Tuner after
        ``search``; a TPOT estimator after ``fit``; a facade of SMAC after ``optimize``;
        GASearchCV of sklearn-genetic-opt. An Optuna study is returned as it is. A search that
        was pickled and loaded again (joblib included) is read like the original.
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
        one; one that a race dropped early is a pruned one, with its values so far as intermediate
        values. Order, value and user attributes of the trials:

        scikit-learn, scikit-optimize, sklearn-genetic-opt
            As in ``cv_results_``; mean cross-validation score, to maximize; ``fold_scores`` (list
            of float) and ``fit_seconds`` (sum over the folds, s). A candidate of a halving search
            is one trial, however many rounds it reached: complete if it reached the last one, as
            for ``best_index_``; ``iter``, ``n_resources`` and ``fold_scores`` are those of its
            last round, ``fit_seconds`` of all, and the intermediate values go by ``n_resources``.
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
        SMAC
            As first run; mean cost over the seeds on its highest budget, one value per objective,
            to minimize; ``config_id``, ``origin``, ``runs`` (number), ``budget``, ``seconds``
            (sum, s), ``fixed`` (dict) and ``error``. Complete if it had the highest budget, on as
            many seeds as any other; the intermediate values go by budget or number of seeds.

    Raises
    ------
    TypeError
        If `search` is of no known kind.
    ValueError
        If it has no results, has several metrics and none chosen, has scores of another objective
        than its own (a reloaded project of Keras Tuner), holds a hyperparameter that cannot be
        described, or if `space` is missing, does not belong to the Trials, or is given for another
        library.

    Notes
    -----
    What becomes of each kind of hyperparameter in each library:

    ===========  =======  =====  ========  ===========  =====  =====  ===============
    kind         sklearn  skopt  hyperopt  keras_tuner  tpot   smac   sklearn_genetic
    ===========  =======  =====  ========  ===========  =====  =====  ===============
    numbers      line     line   line      line         line   line   line
    powers       log      log    log       log          log    log    log
    odd numbers  names    names  names     names        names  names  names
    words        names    names  names     names        names  names  names
    nothing      names    names  names     —            names  names  names
    objects      names    names  names     —            names  —      names
    uniform      line     line   line      line         line   line   line
    integers     line     line   line      line         line   line   line
    logarithmic  log      log    log       log          log    log    log
    stepped      —        —      steps     steps        —      —      —
    unbounded    seen     —      seen      —            —      —      —
    opaque       seen     —      —         —            —      —      —
    conditional  some     some   some      some         some   some   —
    several      line     line   —         line         line   —      —
    constant     one      one    one       aside        aside  aside  one
    ===========  =======  =====  ========  ===========  =====  =====  ===============

    Kinds: lists of *numbers*, of *powers* (evenly spaced on a logarithmic axis), of *odd numbers*
    (infinity or NaN among them, or ints above 2**53), of *words* (texts and bools), with *nothing*
    (None) or *objects* (functions, estimators) among them; *uniform*, *integers*, *logarithmic*
    and *stepped* ranges; distributions that are *unbounded* or *opaque* (nothing but ``rvs``); a
    hyperparameter that is *conditional*, allowed differently in *several* subspaces, or *constant*.

    Axes: a *line* from the lowest to the highest value allowed, a *log* line, one with *steps*, or
    one as far as was *seen*; *names*, a category for each value; *some* trials have it; *one*
    value; *aside*, no parameter (a user attribute, or in the pipeline's text); — the library has
    no such kind. A list of subspaces that mixes numbers with anything else is of names.

    What Optuna cannot hold stands as its text, the same on every run: ``"inf"``, ``"nan"``, an
    estimator's ``repr``, the name of a function or class; two with one text get a number. Optuna
    has no steps on a logarithmic axis and no ``reverse_log``: such steps are lost, and
    ``reverse_log`` becomes linear.

    With a callable ``refit``, ``best_params_`` is what it chose, the study's best the best score.

    Examples
    --------
    >>> study = to_study(trials, space)  # doctest: +SKIP
    >>> optuna.visualization.matplotlib.plot_slice(study)  # doctest: +SKIP
    """
    import optuna

    if isinstance(search, optuna.Study):
        _refuse(space, search)
        return search
    name = _reader(search)
    reader = import_module(f"course_utils.study.{name}")
    if name == _READERS["hyperopt"]:
        return as_study(reader.read(search, space))
    _refuse(space, search)
    return as_study(reader.read(search))


def _refuse(space: Any, search: Any) -> None:
    if space is not None:
        raise ValueError(messages.STUDY_SPACE_UNUSED.format(type=type(search).__name__))


def _reader(search: Any) -> str:
    """Return the name of the module that reads `search`; nothing else is imported."""
    roots = [ancestor.__module__.partition(".")[0] for ancestor in type(search).__mro__]
    name = next((_READERS[root] for root in roots if root in _READERS), None)
    if name is None or not import_module(f"course_utils.study.{name}").accepts(search):
        raise TypeError(messages.STUDY_UNKNOWN.format(type=type(search).__name__))
    return name


def boundary_report(study: optuna.Study) -> pd.DataFrame:
    """Say for each numeric hyperparameter whether the best trial lies on the edge of its range.

    Parameters
    ----------
    study : optuna.Study
        With one objective and at least one complete trial.

    Returns
    -------
    pandas.DataFrame
        One row per hyperparameter of the best trial: best value, lowest and highest value allowed,
        and ``"sí"``, ``"no"`` or ``"—"`` (categorical, a range of one value, or one without
        bounds).

    Raises
    ------
    ValueError
        If no trial is complete or the study has several objectives.

    References
    ----------
    The ritual is that of Google's Deep Learning Tuning Playbook, "Identifying bad search space
    boundaries".
    """
    import pandas as pd
    from optuna.trial import TrialState

    if len(study.directions) > 1:
        raise ValueError(messages.BOUNDARY_MANY_OBJECTIVES)
    if not study.get_trials(deepcopy=False, states=(TrialState.COMPLETE,)):
        raise ValueError(messages.STUDY_EMPTY)
    best, unbounded = study.best_trial, study.user_attrs.get(OBSERVED, [])
    rows = [_boundary_row(name, best, name in unbounded) for name in best.params]
    columns = zip(*rows, strict=True) if rows else [()] * len(messages.BOUNDARY_COLUMNS)
    return pd.DataFrame(
        {
            title: pd.Series(column, dtype=_dtype(column))
            for title, column in zip(messages.BOUNDARY_COLUMNS, columns, strict=True)
        }
    )


def _dtype(column: Sequence[Any]) -> type | None:
    """Keep values of several types apart: pandas would make 4 into 4.0 and None into NaN."""
    return object if len({type(value) for value in column}) != 1 else None


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
