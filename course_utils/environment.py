"""First cell of every notebook: versions, seed, quiet logs, budget of time, source of the data."""

from __future__ import annotations

import importlib.util
import logging
import os
import platform
import random
import shutil
import subprocess
import sys
import traceback
import warnings
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING, Any, TypeVar

from course_utils import messages
from course_utils._notices import kernel_shell, say

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SEED", "budget", "budget_name", "check_environment", "data_mode", "in_colab", "setup"]

SEED = 101
"""Seed of the whole course; it is the one of the decks (000, ``random_state=101``)."""

_BUDGETS = ("rapido", "clase", "completo")
_DATA_MODES = ("auto", "real", "embedded")
_TENSORFLOW = {
    "TF_CPP_MIN_LOG_LEVEL": "2",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
}
_T = TypeVar("_T")


def _choice(variable: str, allowed: tuple[str, ...], default: str) -> str:
    value = os.environ.get(variable, "").strip().lower() or default
    if value not in allowed:
        raise ValueError(
            messages.BAD_SETTING.format(variable=variable, value=value, allowed=", ".join(allowed))
        )
    return value


def budget_name() -> str:
    """Name of the budget in force: ``COURSE_BUDGET``, or ``"clase"`` when it is not set.

    Returns
    -------
    str
        ``"rapido"``, ``"clase"`` or ``"completo"``.

    Raises
    ------
    ValueError
        If ``COURSE_BUDGET`` holds anything else.
    """
    return _choice("COURSE_BUDGET", _BUDGETS, "clase")


def budget(*, rapido: _T, clase: _T, completo: _T) -> _T:
    """Choose the value that belongs to the budget in force.

    Parameters
    ----------
    rapido, clase, completo : any
        Value for tests (a lesson in 30 s or less), for class (120 s or less) and for the decks'
        literal settings.

    Returns
    -------
    any
        One of the three values, unchanged.

    Raises
    ------
    ValueError
        If ``COURSE_BUDGET`` names no budget.
    """
    return {"rapido": rapido, "clase": clase, "completo": completo}[budget_name()]


def data_mode() -> str:
    """Where data may come from: ``COURSE_DATA``, or ``"auto"`` when it is not set.

    Returns
    -------
    str
        ``"auto"`` (real if there, stand-in otherwise), ``"real"`` or ``"embedded"``.

    Raises
    ------
    ValueError
        If ``COURSE_DATA`` holds anything else.
    """
    return _choice("COURSE_DATA", _DATA_MODES, "auto")


def in_colab() -> bool:
    """Tell whether the code runs in Google Colab."""
    return "google.colab" in sys.modules or "COLAB_RELEASE_TAG" in os.environ


def setup(seed: int = SEED) -> None:
    """Prepare a notebook and say in one line what it runs on.

    Seeds ``random`` and NumPy, quiets TensorFlow's and Optuna's logs, gives TensorFlow one thread,
    applies the figure style of the course. It neither imports TensorFlow nor hides warnings of the
    code under study. In a notebook, the traceback of a cell that uses a name that does not exist,
    or what a model has only after its ``fit``, is from then on followed by one Spanish sentence:
    what to run first.

    Parameters
    ----------
    seed : int, default=101
        Seed of the global generators. Estimators still get their own ``random_state``.

    Raises
    ------
    ValueError
        If ``COURSE_BUDGET`` or ``COURSE_DATA`` holds an unknown value.
    RuntimeError
        If Python is older than 3.11, or if a package that this kernel had already imported was
        replaced on disk by another version (an installation in Colab does that): only a restart
        helps.

    Notes
    -----
    With one thread and without oneDNN, TensorFlow adds numbers in the same order on a machine with
    another number of cores, and the small networks of the course train as fast as with two
    (benchmarks/backends.py). Variables that are already set win.
    """
    _refuse_old_python()
    _refuse_replaced_packages()
    import numpy as np
    import optuna
    import sklearn
    from matplotlib import pyplot  # noqa: F401 (an import that ■ cuts is broken until a restart)

    from course_utils import plots

    summary = messages.SETUP.format(
        python=platform.python_version(),
        sklearn=sklearn.__version__,
        budget=budget_name(),
        data=data_mode(),
        cores=os.cpu_count(),
        seed=seed,
    )
    for variable, value in _TENSORFLOW.items():
        os.environ.setdefault(variable, value)
    logging.getLogger("tensorflow").setLevel(logging.ERROR)
    # In a notebook TensorFlow sets its logger back to INFO when it is imported; a filter stays.
    logging.getLogger("tensorflow").addFilter(_is_no_retracing)
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    # Every function of optuna.visualization.matplotlib has been "experimental" since 2020.
    warnings.filterwarnings("ignore", category=optuna.exceptions.ExperimentalWarning)
    # Optuna limits a slice's axis to the values tried, and a search that ■ ended may have one.
    warnings.filterwarnings("ignore", "Attempting to set identical", UserWarning)
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002 (libraries that only know the global generator)
    plots.use_style()
    shell = kernel_shell()
    if shell is not None:
        shell.events.register("post_run_cell", _explain_missing)
    say(summary)


def _refuse_old_python() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 (a checkout may meet an old kernel)
        raise RuntimeError(messages.OLD_PYTHON.format(python=platform.python_version()))


def _refuse_replaced_packages() -> None:
    for need in _NEEDS:
        imported = getattr(sys.modules.get(need.module), "__version__", None)
        installed = _version(need.package)
        if imported is not None and installed not in ("?", imported):
            raise RuntimeError(
                messages.REPLACED_PACKAGE.format(
                    package=need.package, imported=imported, installed=installed
                )
            )


def _explain_missing(result: Any) -> None:
    """Say what to run first, below the traceback of a cell that needs what is not there.

    A kernel does not know which cells its notebook has: the sentence is for both, a cell that was
    not run or not finished, and a slip of the pen. Errors inside a library are left alone.
    """
    error = result.error_in_exec
    menu = messages.RUN_ABOVE_COLAB if in_colab() else messages.RUN_ABOVE
    if _is_unfitted(error):
        say(messages.NOT_FITTED.format(menu=menu))
    elif type(error) is NameError and _raised_by_a_cell(error):
        say(messages.MISSING_NAME.format(name=error.name, menu=menu))
    elif isinstance(error, KeyboardInterrupt) and _was_importing(error):
        say(messages.IMPORT_CUT)
    elif type(error).__name__ == "BrokenProcessPool":  # joblib's: ■ reaches its workers too
        say(messages.BROKEN_WORKERS)
    elif type(error) is SystemError:  # ■ in the middle of C code that did not expect it
        say(messages.CUT_INSIDE)


def _is_unfitted(error: BaseException | None) -> bool:
    """Tell whether a model was asked for what its ``fit`` makes, ``best_params_`` for one."""
    if isinstance(error, AttributeError) and _raised_by_a_cell(error):
        name = error.name or ""
        return name.endswith("_") and not name.endswith("__") and hasattr(error.obj, "fit")
    return type(error).__name__ == "NotFittedError"


def _was_importing(error: BaseException) -> bool:
    """Tell whether the body of a module was running; Python leaves importlib's frames out."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    bodies = [frame.f_globals for frame in frames if frame.f_code.co_name == "<module>"]
    return any(body.get("__name__") != "__main__" for body in bodies)


def _raised_by_a_cell(error: BaseException) -> bool:
    *_, (frame, _) = traceback.walk_tb(error.__traceback__)
    return frame.f_globals.get("__name__") == "__main__"


def _is_no_retracing(record: logging.LogRecord) -> bool:
    """A search builds many models, each traced once: the advice against tracing is no news."""
    return "tf.function retracing" not in record.getMessage()


@dataclass(frozen=True)
class _Need:
    package: str
    module: str
    lessons: str


_NEEDS = (
    _Need("scikit-learn", "sklearn", "todas las lecciones"),
    _Need("numpy", "numpy", "todas las lecciones"),
    _Need("pandas", "pandas", "todas las lecciones"),
    _Need("matplotlib", "matplotlib", "todas las lecciones"),
    _Need("optuna", "optuna", "todas las lecciones"),
    _Need("ipywidgets", "ipywidgets", "todas las lecciones"),
    _Need("hyperopt", "hyperopt", "la lección 04"),
    _Need("tpot", "tpot", "la lección 05"),
    _Need("keras", "keras", "las lecciones 06 a 10"),
    _Need("tensorflow", "tensorflow", "las lecciones 06 a 10"),
    _Need("scikeras", "scikeras", "las lecciones 06 y 09"),
    _Need("keras-tuner", "keras_tuner", "las lecciones 07 y 10"),
)


def check_environment() -> pd.DataFrame:
    """Look at what the course needs and explain each finding.

    Nothing is imported and nothing is installed: packages are only looked up, and TPOT's library
    of C code is tried in another process.

    Returns
    -------
    pandas.DataFrame
        One row per check; columns ``qué``, ``encontrado``, ``estado`` (``"bien"``, ``"falta"`` or
        ``"atención"``) and ``qué significa`` (Spanish).
    """
    import pandas as pd

    rows = [_python_row(), *(_package_row(need) for need in _NEEDS), _memory_row(), _disk_row()]
    return pd.DataFrame(rows, columns=list(messages.CHECK_COLUMNS))


def _python_row() -> tuple[str, str, str, str]:
    found = platform.python_version()
    ok = sys.version_info >= (3, 11)
    advice = messages.CHECK_PYTHON_OK if ok else messages.CHECK_PYTHON_OLD
    return "Python", found, messages.CHECK_OK if ok else messages.CHECK_WARN, advice


def _package_row(need: _Need) -> tuple[str, str, str, str]:
    if importlib.util.find_spec(need.module) is None:
        advice = messages.CHECK_PACKAGE_MISSING.format(lessons=need.lessons)
        return need.package, "—", messages.CHECK_MISSING, advice
    if need.package == "tpot" and not _finds_openmp():
        advice = messages.CHECK_OPENMP_MISSING.format(lessons=need.lessons)
        return need.package, _version(need.package), messages.CHECK_MISSING, advice
    advice = messages.CHECK_PACKAGE_OK.format(lessons=need.lessons)
    return need.package, _version(need.package), messages.CHECK_OK, advice


def _finds_openmp() -> bool:
    """Whether LightGBM, which TPOT imports, can be loaded; its wheel leaves OpenMP to the system.

    Another process tries, so that nothing stays loaded in this one.
    """
    try:
        files = metadata.files("lightgbm") or []
    except metadata.PackageNotFoundError:
        return True
    libraries = [str(file.locate()) for file in files if file.stem == "lib_lightgbm"]
    program = "import ctypes, sys; [ctypes.CDLL(path) for path in sys.argv[1:]]"
    tried = subprocess.run([sys.executable, "-c", program, *libraries], capture_output=True)
    return tried.returncode == 0


def _version(package: str) -> str:
    for name in (package, f"{package}-cpu"):  # tensorflow-cpu provides the module tensorflow
        try:
            return metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return "?"


def _memory_row() -> tuple[str, str, str, str]:
    if not hasattr(os, "sysconf") or "SC_PHYS_PAGES" not in os.sysconf_names:  # Windows
        return messages.CHECK_MEMORY, "?", messages.CHECK_OK, messages.CHECK_MEMORY_UNKNOWN
    gib = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    ok = gib >= 3.5
    advice = messages.CHECK_MEMORY_OK if ok else messages.CHECK_MEMORY_LOW
    return (
        messages.CHECK_MEMORY,
        f"{gib:.0f} GB",
        messages.CHECK_OK if ok else messages.CHECK_WARN,
        advice,
    )


def _disk_row() -> tuple[str, str, str, str]:
    gib = shutil.disk_usage(".").free / 2**30
    ok = gib >= 1
    advice = messages.CHECK_DISK_OK if ok else messages.CHECK_DISK_LOW
    return (
        messages.CHECK_DISK,
        f"{gib:.0f} GB",
        messages.CHECK_OK if ok else messages.CHECK_WARN,
        advice,
    )
