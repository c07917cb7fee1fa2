import logging
import os
import pkgutil
import subprocess
import sys
from importlib import metadata
from types import SimpleNamespace

import numpy as np
import pytest

import course_utils
from course_utils import environment


@pytest.mark.parametrize(("name", "expected"), [("rapido", 1), ("clase", 2), ("completo", 3)])
def test_budget_follows_the_variable(monkeypatch, name, expected):
    monkeypatch.setenv("COURSE_BUDGET", name)
    assert environment.budget(rapido=1, clase=2, completo=3) == expected


def test_defaults_without_variables(monkeypatch):
    monkeypatch.delenv("COURSE_BUDGET")
    monkeypatch.setenv("COURSE_DATA", "")
    assert environment.budget_name() == "clase"
    assert environment.data_mode() == "auto"


@pytest.mark.parametrize(
    ("variable", "read"),
    [("COURSE_BUDGET", environment.budget_name), ("COURSE_DATA", environment.data_mode)],
)
def test_an_unknown_setting_is_explained(monkeypatch, variable, read):
    monkeypatch.setenv(variable, "mucho")
    with pytest.raises(ValueError, match=rf"{variable} vale «mucho», y solo puede valer"):
        read()


def test_setup_says_what_it_runs_on_and_seeds(capsys):
    environment.setup()
    first = np.random.rand()  # noqa: NPY002
    environment.setup()
    assert np.random.rand() == first  # noqa: NPY002
    line = capsys.readouterr().out.splitlines()[0]
    assert "presupuesto «rapido»" in line
    assert "datos «embedded»" in line
    assert "semilla 101" in line


def test_setup_refuses_a_bad_setting_before_anything_else(monkeypatch):
    monkeypatch.setenv("COURSE_BUDGET", "mucho")
    with pytest.raises(ValueError, match="COURSE_BUDGET"):
        environment.setup()


def test_check_environment_explains_a_missing_package(monkeypatch):
    monkeypatch.setattr(environment, "_NEEDS", (environment._Need("nada", "no_hay_tal", "04"),))
    table = environment.check_environment()
    row = table.set_index("qué").loc["nada"]
    assert row["estado"] == "falta"
    assert "04" in row["qué significa"]


def test_check_environment_says_that_tpot_lacks_openmp(monkeypatch, tmp_path):
    library = tmp_path / "lib_lightgbm.so"
    library.write_text("a library that cannot be loaded")
    found = SimpleNamespace(stem=library.stem, locate=lambda: library)
    monkeypatch.setattr(metadata, "files", lambda _: [found])
    row = environment.check_environment().set_index("qué").loc["tpot"]
    assert row["estado"] == "falta"
    assert "brew install libomp" in row["qué significa"]


def test_check_environment_finds_what_is_installed():
    table = environment.check_environment().set_index("qué")
    assert table.loc["scikit-learn", "estado"] == "bien"
    assert table.loc["tensorflow", "encontrado"] not in ("?", "—")
    assert table["qué significa"].str.len().min() > 5


def test_import_is_light():
    code = (
        "import sys, course_utils; heavy = {'numpy', 'pandas', 'sklearn', 'matplotlib', "
        "'tensorflow', 'optuna', 'IPython'} & set(sys.modules); sys.exit(bool(heavy))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("name", course_utils.__all__)
def test_every_public_name_is_served_and_documented(name):
    member = getattr(course_utils, name)
    assert member.__doc__
    assert name in dir(course_utils)


def test_no_public_name_is_hidden_by_a_module():
    # `from course_utils import track` would put the module `progress` where the function belongs.
    modules = {module.name for module in pkgutil.iter_modules(course_utils.__path__)}
    assert not set(course_utils.__all__) & modules


def test_an_unknown_name_is_an_attribute_error():
    name = "no_hay"
    with pytest.raises(AttributeError, match="no_hay"):
        getattr(course_utils, name)


def test_setup_gives_tensorflow_one_thread_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("TF_NUM_INTRAOP_THREADS", raising=False)
    monkeypatch.setenv("TF_NUM_INTEROP_THREADS", "3")
    environment.setup()
    assert os.environ["TF_NUM_INTRAOP_THREADS"] == "1"
    assert os.environ["TF_NUM_INTEROP_THREADS"] == "3"


def test_a_package_replaced_under_a_running_kernel_asks_for_a_restart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(np, "__version__", "1.0.0")
    with pytest.raises(RuntimeError, match=r"numpy 1\.0\.0 .* Reinicia el kernel"):
        environment.setup()


def test_an_old_python_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    with pytest.raises(RuntimeError, match=r"Python 3\.11 o posterior"):
        environment.setup()


def test_setup_keeps_the_advice_on_retracing_quiet_even_at_level_info() -> None:
    environment.setup()
    logger = logging.getLogger("tensorflow")
    logger.setLevel(logging.INFO)  # what TensorFlow does at its import in a notebook

    def record(text: str) -> logging.LogRecord:
        return logger.makeRecord("tensorflow", logging.WARNING, "", 0, text, (), None)

    assert not logger.filter(record("calls to f triggered tf.function retracing."))
    assert logger.filter(record("disk full"))
