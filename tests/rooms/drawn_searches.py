"""Searches drawn at random from all that scikit-learn's can be asked, and what comes of them."""

from __future__ import annotations

import contextlib
import io
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import sklearn
from scipy.stats import randint, uniform
from sklearn import model_selection as ms
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.experimental import enable_halving_search_cv  # noqa: F401
from sklearn.metrics import accuracy_score, make_scorer
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KernelDensity, KNeighborsClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

_noise = np.random.default_rng(0)
y = np.arange(48) % 3
X = _noise.normal(size=(48, 3)) + y[:, None]
GROUPS = np.arange(48) // 6
WEIGHTS = _noise.uniform(0.5, 2, 48)

SEARCHES = {
    "grid": ms.GridSearchCV,
    "random": ms.RandomizedSearchCV,
    "halving grid": ms.HalvingGridSearchCV,
    "halving random": ms.HalvingRandomSearchCV,
}


class Moody(ClassifierMixin, BaseEstimator):
    """Guesses by the global random state; fails, warns or cannot predict for some settings."""

    def __init__(self, mood: str = "good", level: int = 0, size: int = 1) -> None:
        self.mood = mood
        self.level = level
        self.size = size

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Moody:
        if self.mood == "fails" and self.level % 2 == 0:
            raise ValueError(f"level {self.level} is too low")
        if self.mood == "warns":
            warnings.warn(f"level {self.level} is strange", RuntimeWarning, stacklevel=2)
        self.classes_ = np.unique(y)
        self.drawn_ = np.random.randint(10)  # noqa: NPY002  the point of this class
        return self

    def predict(self, X: Any) -> Any:
        if self.mood == "mute" and self.level > 0:
            raise RuntimeError(f"nothing to say at level {self.level}")
        return self.classes_[(np.arange(len(X)) + self.drawn_ + self.level) % len(self.classes_)]


@dataclass
class Case:
    """One search, what its ``fit`` gets, and words that say what was drawn."""

    search: Any
    X_y: tuple[Any, ...]
    params: dict[str, Any]
    routing: bool
    words: list[str] = field(default_factory=list)


def draw(seed: int, n_jobs: int | None = None) -> Case:
    """Make search number `seed`: the same one, of new objects, each time.

    Parameters
    ----------
    seed : int
        Of all that is drawn.
    n_jobs : int, optional
        Of the search. If given, models do not use the global random state, which each process has
        for itself.
    """
    rng = np.random.default_rng(seed)
    kind = str(rng.choice(list(SEARCHES), p=[0.4, 0.3, 0.15, 0.15]))
    halving = kind.startswith("halving")
    name, estimator, space, resource = _model(rng, chance=n_jobs is None)
    cv_name, cv = _splitter(rng, constant=halving)
    error_score = _pick(rng, [np.nan, np.nan, 0.0, "raise"])
    words = [kind, name, cv_name, f"error_score={error_score}"]
    settings = {
        "cv": cv,
        "n_jobs": n_jobs,
        "error_score": error_score,
        "return_train_score": bool(rng.random() < 0.3),
        "verbose": int(rng.random() < 0.2),
    }
    if name != "density":
        settings |= _metrics(rng, words, one=halving)
    if halving:
        settings |= {"factor": 2, "random_state": 0}
        if resource is not None and rng.random() < 0.5:
            settings |= {"resource": resource, "max_resources": 5, "min_resources": 1}
    elif rng.random() < 0.3:
        settings["pre_dispatch"] = _pick(rng, [1, "all", "n_jobs"])
    if "random" in kind:
        space = _with_distributions(rng, space)
        settings["n_candidates" if halving else "n_iter"] = int(rng.integers(1, 6))
        settings["random_state"] = 0 if halving else _pick(rng, [None, 0])
    params, routing = _metadata(rng, words, estimator)
    search = SEARCHES[kind](estimator, space, **settings)
    return Case(search, (X,) if name == "density" else (X, y), params, routing, words)


def _pick(rng: np.random.Generator, options: list[Any]) -> Any:
    return options[rng.integers(len(options))]


def _some(rng: np.random.Generator, options: list[Any]) -> list[Any]:
    return [options[k] for k in rng.permutation(len(options))[: rng.integers(1, len(options) + 1)]]


def _model(rng: np.random.Generator, chance: bool) -> tuple[str, Any, Any, str | None]:
    """Name, estimator, grid, and the hyperparameter that can be a halving search's resource."""
    tree = DecisionTreeClassifier(random_state=_pick(rng, [0, None]) if chance else 0)
    names = ["tree", "bayes", "pipeline", "density", "search"] + ["moody"] * 3 * chance
    match _pick(rng, names):
        case "tree":
            grid = _lists(rng, {"max_depth": _some(rng, [1, 2, 3, None])}, {"criterion": ["gini"]})
            return "tree", tree.set_params(max_features=2), grid, "min_samples_leaf"
        case "bayes":
            return "bayes", GaussianNB(), {"var_smoothing": _some(rng, [1e-9, 0.1, -1.0])}, None
        case "pipeline":
            model = Pipeline([("scale", StandardScaler()), ("model", tree)])
            steps = {"scale": ["passthrough"], "model": [KNeighborsClassifier(3), GaussianNB()]}
            return "pipeline", model, _lists(rng, {"model__max_depth": [1, 2]}, steps), None
        case "density":
            return "density", KernelDensity(), {"bandwidth": _some(rng, [0.1, 1.0, 5.0])}, None
        case "search":
            inner = ms.GridSearchCV(tree, {"max_depth": [1, 2]}, cv=2)
            return "search", inner, {"estimator__min_samples_leaf": _some(rng, [1, 4])}, None
        case _:
            moods = _some(rng, ["good", "fails", "warns", "mute"])
            grid = {"mood": moods, "level": _some(rng, [0, 1, 2])}
            return "moody", Moody(), _lists(rng, grid, {"mood": ["fails"]}), "size"


def _lists(rng: np.random.Generator, one: dict[str, Any], other: dict[str, Any]) -> Any:
    """A grid, or two that do not have the same hyperparameters."""
    return one if rng.random() < 0.7 else [one, other]


def _with_distributions(rng: np.random.Generator, space: Any) -> Any:
    if isinstance(space, list):
        return [_with_distributions(rng, part) for part in space]
    known = {"max_depth": randint(1, 4), "level": randint(0, 3), "bandwidth": uniform(0.1, 2)}
    return {k: known[k] if k in known and rng.random() < 0.7 else v for k, v in space.items()}


def _splitter(rng: np.random.Generator, constant: bool) -> tuple[str, Any]:
    """Name and `cv`: a number, splitters with and without a seed, a list, a generator."""
    n = int(rng.integers(2, 4))
    seed = 0 if constant else _pick(rng, [0, None, None, np.random.RandomState(0)])
    fixed = {
        "int": n,
        "KFold": ms.KFold(n),
        "GroupKFold": ms.GroupKFold(n),
        "list": list(ms.KFold(n).split(X)),
    }
    if not constant:
        fixed["generator"] = ms.KFold(n).split(X)
    two = {"n_splits": 2, "n_repeats": 2, "random_state": seed}
    shuffled = {
        "shuffled KFold": ms.KFold(n, shuffle=True, random_state=seed),
        "shuffled StratifiedKFold": ms.StratifiedKFold(n, shuffle=True, random_state=seed),
        "ShuffleSplit": ms.ShuffleSplit(n, random_state=seed),
        "StratifiedShuffleSplit": ms.StratifiedShuffleSplit(n, random_state=seed),
        "GroupShuffleSplit": ms.GroupShuffleSplit(n, random_state=seed),
        "RepeatedKFold": ms.RepeatedKFold(**two),
        "RepeatedStratifiedKFold": ms.RepeatedStratifiedKFold(**two),
    }
    name = _pick(rng, [*fixed, *shuffled])
    if name in fixed:
        return name, fixed[name]
    return name if seed == 0 else f"{name} without seed", shuffled[name]


def _metrics(rng: np.random.Generator, words: list[str], one: bool) -> dict[str, Any]:
    """One metric or several, in every form that is allowed, and a `refit` that may not fit them."""
    if one:
        return {"scoring": _pick(rng, [None, "accuracy", _right])}
    if rng.random() < 0.6:
        scoring = _pick(rng, [None, "accuracy", "f1_macro", make_scorer(accuracy_score), _right])
        return {"scoring": scoring, "refit": _pick(rng, [True, True, False, _first])}
    words.append("several metrics")
    scoring = _pick(rng, [["accuracy", "f1_macro"], {"accuracy": "accuracy", "own": _right}, _both])
    return {"scoring": scoring, "refit": _pick(rng, [False, _first, "accuracy", "right", True])}


def _right(estimator: Any, X: Any, y: Any) -> float:
    return float(np.mean(estimator.predict(X) == y))


def _both(estimator: Any, X: Any, y: Any) -> dict[str, float]:
    right = _right(estimator, X, y)
    return {"accuracy": right, "right": right, "wrong": 1 - right}


def _first(results: dict[str, Any]) -> int:
    return 0


def _metadata(
    rng: np.random.Generator, words: list[str], estimator: Any
) -> tuple[dict[str, Any], bool]:
    """What ``fit`` gets beside X and y, and whether it is routed."""
    params: dict[str, Any] = {}
    routing = False
    if any("Group" in word for word in words):
        params["groups"] = GROUPS
    if isinstance(estimator, Moody | DecisionTreeClassifier):
        if rng.random() < 0.4:
            params["sample_weight"] = WEIGHTS
            words.append("sample_weight")
        routing = bool(rng.random() < 0.25)
    if routing:
        words.append("routing")
        with sklearn.config_context(enable_metadata_routing=True):
            estimator.set_fit_request(sample_weight=bool(rng.random() < 0.8))
    return params, routing


def outcome(case: Case, around: Callable[[Any], Any] = contextlib.nullcontext) -> dict[str, str]:
    """Fit, inside ``around(search)``, and write down all that can be seen of it but the times.

    The global random state is set before, and what is left of it is part of what is seen.
    """
    np.random.seed(0)  # noqa: NPY002  splitters and models without a seed draw from it
    search, printed = case.search, io.StringIO()
    seen: dict[str, Any] = {}
    with (
        warnings.catch_warnings(record=True) as caught,
        contextlib.redirect_stdout(printed),
        sklearn.config_context(enable_metadata_routing=case.routing),
    ):
        warnings.simplefilter("always")
        try:
            with around(search):
                seen["returns itself"] = search.fit(*case.X_y, **case.params) is search
        except Exception as error:
            seen["error"] = f"{type(error).__name__}: {error}"
    seen["warnings"] = [f"{warning.category.__name__}: {warning.message}" for warning in caught]
    seen["printed"] = printed.getvalue()
    seen["random state"] = tuple(np.random.get_state())[1:3]  # noqa: NPY002
    seen |= {name: value for name, value in vars(search).items() if name.endswith("_")}
    results = seen.pop("cv_results_", {})
    if "error" not in seen:  # else `progress` keeps the results, and ``fit`` alone does not
        seen |= {"order of results": list(results)} | results
        seen["answers"] = _answers(search)
    return {name: _text(value) for name, value in seen.items() if "time" not in name}


def _answers(search: Any) -> Any:
    model = getattr(search, "best_estimator_", None)
    try:
        return model and (model.predict if hasattr(model, "predict") else model.score_samples)(X)
    except RuntimeError as error:
        return error


def _text(value: Any) -> str:
    """Type and exact value, without addresses."""
    if isinstance(value, np.ndarray):
        value = type(value), value.dtype, value.tolist()
    return re.sub("0x[0-9a-f]+", "0x", repr(value))
