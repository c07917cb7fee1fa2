"""The table in the docstring of to_study, held against a real search of every library."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import inspect

import pytest
import study_searches
from optuna.distributions import CategoricalDistribution

from course_utils import to_study

EXTRAS = ("smac", "sklearn_genetic")  # not of every installation
WITH_TENSORFLOW = ("keras_tuner", "sklearn_genetic")  # import it

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
]


def documented():
    """Return {library: {kind: cell}}."""
    lines = [line.split() for line in (inspect.getdoc(to_study) or "").splitlines()]
    rules = [i for i, words in enumerate(lines) if words and set("".join(words)) == {"="}]
    _, *libraries = lines[rules[0] + 1]
    rows = lines[rules[1] + 1 : rules[2]]
    kinds = ["_".join(words[: -len(libraries)]) for words in rows]
    cells = [words[-len(libraries) :] for words in rows]
    return {
        library: dict(zip(kinds, column, strict=True))
        for library, column in zip(libraries, zip(*cells, strict=True), strict=True)
    }


def axis_of(kind, studies):
    """Say in a word of the table what a study made of a kind of hyperparameter."""
    for study in studies:
        names = {name for trial in study.trials for name in trial.params}
        for name in names:
            if name.rpartition("__")[2] == kind:
                return _word(study, name, kind)
    for study in studies:
        attributes = study.trials[0].user_attrs
        if kind in attributes.get("fixed", ()) or f"{kind}=3" in attributes.get("pipeline", ""):
            return "aside"
    return "—"


def _word(study, name, kind):
    having = [trial for trial in study.trials if name in trial.params]
    (axis,) = {trial.distributions[name] for trial in having}
    if kind == "conditional":
        return "some" if len(having) < len(study.trials) else "all"
    if isinstance(axis, CategoricalDistribution):
        return "names"
    if name in study.user_attrs.get("observed_range", []):
        return "seen"
    if axis.single():
        return "one"
    if axis.step not in (None, 1):
        return "steps"
    return "log" if axis.log else "line"


@pytest.mark.parametrize(
    "library",
    [
        pytest.param(library, marks=[pytest.mark.slow] if library in WITH_TENSORFLOW else [])
        for library in documented()
    ],
)
def test_the_docstring_says_what_is_read(library, tmp_path):
    if library in EXTRAS:
        pytest.importorskip(library)
    search = getattr(study_searches, library)
    finished = search(tmp_path) if inspect.signature(search).parameters else search()
    studies = [to_study(*(one if isinstance(one, tuple) else (one,))) for one in finished]
    expected = documented()[library]
    assert {kind: axis_of(kind, studies) for kind in expected} == expected


def test_every_reader_has_a_column():
    from course_utils.study import _READERS

    assert set(documented()) == set(_READERS)
