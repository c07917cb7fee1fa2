"""What Hypothesis draws for test_study_spaces.py: values, distributions, subspaces and scores."""

import datetime
import decimal
import functools
import math

import numpy as np
from hypothesis import strategies as st
from scipy import stats
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from study_searches import Opaque, double

from course_utils.study._axes import Range


class Nameless:
    pass


class Unwritable:
    def __str__(self):
        raise RuntimeError("no soy un texto")


UNWRITABLE = Unwritable()
OBJECTS = [
    double,
    abs,
    np.log1p,
    lambda x: x,
    lambda x: -x,
    functools.partial(double, 2),
    Nameless,
    Nameless(),
    Nameless(),
    StandardScaler(),
    StandardScaler(with_mean=False),
    LogisticRegression,
    LogisticRegression(C=2),
    np.random.RandomState(0),
    np.array([1, 2]),
    np.arange(3000),
    np.arange(3000) % 1999,
    np.datetime64("2020-01-02", "ns"),
    datetime.timedelta(1),
    decimal.Decimal("0.1"),
    (1, "a"),
    (1, 2),
    [1, 2],
    {"b": 1},
    {"b", "a"},
    b"bytes",
    1j,
    10**400,
    -(10**400),
]
NUMBERS = st.one_of(
    st.integers(-9, 9),
    st.integers(),
    st.floats(),
    st.floats(0.01, 100),
    st.floats(width=32).map(np.float32),
    st.integers(-9, 9).map(np.int64),
)
WORDS = st.one_of(
    st.text(max_size=4),
    st.sampled_from(["a", "nan", "inf", "1", "1.0", "True", "None", "<lambda>", "double"]),
    st.text(max_size=2).map(np.str_),
    st.booleans(),
    st.booleans().map(np.bool_),
    st.none(),
)
VALUES = st.one_of(NUMBERS, WORDS, st.sampled_from(OBJECTS))
LISTS = st.one_of(
    st.lists(NUMBERS, min_size=1, max_size=4),
    st.lists(st.integers(1, 9), min_size=1, max_size=4).map(np.array),
    st.lists(st.integers(-3, 3).map(lambda power: 10.0**power), min_size=1, max_size=4),
    st.lists(VALUES, min_size=1, max_size=4),
    st.lists(st.one_of(VALUES, st.just(UNWRITABLE)), min_size=1, max_size=4),
)


class OpaqueChoice(Opaque):
    def rvs(self, random_state=None):
        return [1, "a", None, 2.5][random_state.randint(4)]


def scaled(family, *shapes):
    where, width = st.floats(-1e3, 1e3), st.floats(1e-3, 1e3)
    return st.builds(lambda loc, scale: family(*shapes, loc=loc, scale=scale), where, width)


BOUNDED = st.one_of(
    st.just(stats.uniform),
    scaled(stats.uniform),
    scaled(stats.beta, 2, 2),
    scaled(stats.truncnorm, -1, 2),
    st.builds(
        lambda low, up: stats.loguniform(low, low * up), st.floats(1e-9, 1), st.floats(2, 1e9)
    ),
    st.builds(
        lambda low, more: stats.randint(low, low + more), st.integers(-9, 9), st.integers(1, 9)
    ),
    st.builds(lambda low: stats.randint(low, 2**31 - 1), st.integers(0, 9)),
    st.builds(
        lambda values: stats.rv_discrete(values=(values, np.full(len(values), 1 / len(values)))),
        st.lists(
            st.one_of(st.integers(-9, 9), st.floats(-9, 9)), min_size=1, max_size=3, unique=True
        ),
    ),
    st.just(stats.rv_histogram(np.histogram([0, 1, 2, 4], 2))),
)
UNBOUNDED = st.one_of(
    st.sampled_from([stats.norm, stats.expon, stats.poisson(3), stats.geom(0.4), stats.lognorm(1)]),
    st.sampled_from([stats.dirichlet([1, 2]), Opaque(), OpaqueChoice()]),
    scaled(stats.norm),
    scaled(stats.expon),
)
ALLOWED = st.one_of(LISTS, BOUNDED, UNBOUNDED)
NAMES = ("numbers", "powers", "words", "objects")
SUBSPACES = st.lists(
    st.dictionaries(st.sampled_from(NAMES), ALLOWED, max_size=3), min_size=1, max_size=3
)
GRIDS = st.lists(st.dictionaries(st.sampled_from(NAMES), LISTS, max_size=2), min_size=1, max_size=2)
SCORES = st.lists(st.one_of(st.floats(-1, 1), st.just(math.nan)), min_size=1, max_size=9)
RANGES = st.builds(
    lambda edges, **kind: Range(*sorted(edges), **kind),
    st.tuples(st.floats(allow_nan=False), st.floats(allow_nan=False)),
    log=st.booleans(),
    step=st.one_of(st.none(), st.floats(1e-6, 1e6)),
    integer=st.sampled_from([None, True, False]),
)


@st.composite
def hyperopt_spaces(draw, prefix="x", depth=2):
    """Draw an expression of Hyperopt; labels follow its shape, so they never repeat."""
    from hyperopt import hp
    from hyperopt.pyll import scope

    kind = draw(st.sampled_from(["choice"] * depth + ["list", "range", "normal", "step", "int"]))
    low = draw(st.floats(-5, 5))
    high = low + draw(st.floats(0.1, 5))
    if kind == "choice":
        options = range(draw(st.integers(1, 3)))
        return hp.choice(
            prefix, [draw(hyperopt_spaces(prefix=f"{prefix}{i}", depth=depth - 1)) for i in options]
        )
    if kind == "list":
        return hp.choice(prefix, draw(st.lists(VALUES, min_size=1, max_size=4)))
    if kind == "range":
        return draw(st.sampled_from([hp.uniform, hp.loguniform]))(prefix, low, high)
    if kind == "normal":
        return draw(st.sampled_from([hp.normal, hp.lognormal]))(prefix, low, high - low)
    if kind == "step":
        family = draw(st.sampled_from([hp.quniform, hp.qloguniform]))
        return family(prefix, low, high, draw(st.sampled_from([0.1, 0.25, 1 / 3, 1, 2])))
    start = draw(st.integers(-5, 5))
    more = draw(st.integers(1, 9))
    steps = scope.int(hp.quniform(prefix, start, start + more, draw(st.integers(1, 3))))
    return draw(st.sampled_from([hp.randint(prefix, start, start + more), steps]))


@st.composite
def configuration_spaces(draw):
    from ConfigSpace import Categorical, ConfigurationSpace, EqualsCondition, Float, Integer

    space, first = ConfigurationSpace(seed=draw(st.integers(0, 99))), None
    for name in NAMES[: draw(st.integers(1, 4))]:
        low = draw(st.integers(1, 9))
        high, log = low + draw(st.integers(1, 99)), draw(st.booleans())
        options = draw(
            st.lists(
                st.one_of(st.integers(-9, 9), st.text("abc", max_size=2)),
                min_size=1,
                max_size=4,
                unique=True,
            )
        )
        space.add(
            draw(
                st.sampled_from(
                    [
                        Integer(name, (low, high), log=log),
                        Float(name, (low / 10, high / 10), log=log),
                        Categorical(name, options, ordered=log),
                    ]
                )
            )
        )
        if first is None:
            first = space[name]
        elif hasattr(first, "choices") and draw(st.booleans()):
            space.add(EqualsCondition(space[name], first, first.choices[0]))
    return space
