"""Write what was measured into the READMEs' lesson tables and benchmarks/RESULTS.md.

Reads benchmarks/results/*.json and the notebooks' titles; nothing is measured here.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import nbformat

from benchmarks.deck_procedures import report
from benchmarks.stops import faults
from course_utils import load_record
from course_utils._atomic import write_text
from course_utils.checks import questions
from tools.lesson_time import lesson_time

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results"
BEGIN, END = "<!-- lessons:begin -->", "<!-- lessons:end -->"
HEADS = {
    "README.md": ("Lesson", "Question it answers", "Core path", "Computing"),
    "README.es.md": ("Lección", "La pregunta que responde", "Camino esencial", "Cálculo"),
}
LESSON_COLUMNS = ("seconds", "slowest_cell", "peak_gb")
QUESTIONS = {
    "README.md": {
        "00": "Does everything work? A first search, and a surprise",
        "01": "What does *better* mean, and on which data is it measured?",
        "02": "What does trying everything cost, and why does the best score flatter?",
        "03": "Why is trying at random often enough, and when is it not?",
        "04": "What does a search gain by learning from its own trials?",
        "05": "What does evolving models buy over drawing them at random?",
        "06": "What does one trial of a network cost, and does the search vary what you think?",
        "07": "Which network size did the search really find, and which one did a bug choose?",
        "08": "Does lowering the learning rate pay off once every schedule has its own best rate?",
        "09": "What does a search on a quarter of the data tell, and what does tuning really gain?",
        "10": "A project of your own: how do you tune, measure once and report honestly?",
        "11": "What does a search for networks find, and how much of it is luck, or the space?",
        "12": "What does a model need to be used and watched, and how often does a gate err?",
        "13": "Which library, if any, and how do you know? The whole process in one list",
        "14": "What does a second machine buy, and what does a killed worker take with it?",
    },
    "README.es.md": {
        "00": "¿Funciona todo? Una primera búsqueda, y una sorpresa",
        "01": "¿Qué significa «mejor», y con qué datos se mide?",
        "02": "¿Qué cuesta probarlo todo, y por qué engaña la mejor puntuación?",
        "03": "¿Por qué probar al azar suele bastar, y cuándo no?",
        "04": "¿Qué gana una búsqueda que aprende de sus propios intentos?",
        "05": "¿Qué gana criar modelos frente a sortearlos?",
        "06": "¿Qué cuesta un intento con una red, y varía la búsqueda lo que tú crees?",
        "07": "¿Qué tamaño de red encontró de verdad la búsqueda, y cuál eligió un fallo?",
        "08": "¿Compensa bajar la tasa de aprendizaje si cada planificación usa su mejor tasa?",
        "09": "¿Qué dice una búsqueda con la cuarta parte de los datos, y qué se gana al afinar?",
        "10": "Tu proyecto: ¿cómo se afina, se mide una sola vez y se cuenta con honradez?",
        "11": "¿Qué encuentra una búsqueda de redes, y cuánto se debe a la suerte o al espacio?",
        "12": "¿Qué necesita un modelo para usarse y vigilarse, y cuánto yerra una puerta?",
        "13": "¿Qué biblioteca, si alguna, y cómo lo sabes? Todo el proceso en una lista",
        "14": "¿Qué se gana con más máquinas, y qué se lleva un trabajador que muere?",
    },
}


def main() -> None:
    for name in HEADS:
        replace_table(ROOT / name, lesson_table(name))
    parts = ["# Results\n\nWritten by `make bench` and `make notebooks`; do not edit.\n"]
    parts += [lessons_section(), stops_section(), imports_section(), vectorize_section()]
    parts += [part for part in [report.section()] if part]
    parts += [mnist_section(), backends_section()]
    parts += [replay_section(), tournament_section(), widgets_section()]
    parts += [production_section()]
    parts += [kills_section(), scaling_section()]
    parts += [mutants_section(), hostile_section(), grader_section(), colab_section()]
    write_text(ROOT / "benchmarks" / "RESULTS.md", "\n".join(parts))


def lesson_table(readme: str) -> str:
    """Rows of the lessons in one README's language, with their minutes and measured seconds."""
    times = _read("notebooks")
    rows = []
    for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        heading = notebook.cells[0].source.splitlines()[0]
        title = re.sub(r"# Lección (\d+) · ", r"\1 · ", heading)
        minutes = f"{lesson_time(notebook).minutes} min"
        seconds = f"{times[path.stem]['clase']['seconds']:.0f} s"
        link = f"[{title}](notebooks/{path.name})"
        rows.append((link, QUESTIONS[readme][path.stem[:2]], minutes, seconds))
    return markdown_table(HEADS[readme], rows)


def replace_table(path: Path, table: str) -> None:
    """Put a table between the two marks of a README."""
    text = path.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    write_text(path, f"{before}{BEGIN}\n{table}\n{END}{after}")


def markdown_table(head: tuple[str, ...], rows: list[tuple[Any, ...]]) -> str:
    """Format rows as a Markdown table."""
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def lessons_section() -> str:
    rows = [
        (name, budget, *(measured.get(key, "—") for key in LESSON_COLUMNS))
        for name, budgets in _read("notebooks").items()
        for budget, measured in budgets.items()
    ]
    head = ("lesson", "budget", "seconds", "slowest cell, s", "peak memory, GB")
    about = "2 cores, kernel start included; memory of the kernel and its workers"
    return f"## Lessons ({about})\n\n{markdown_table(head, rows)}\n"


def stops_section() -> str:
    """Long cells that were stopped, a row for each lesson, and what was not understood."""
    rows, notes = [], []
    for lesson, stops in _read("stops").items():
        ended = Counter(stop["ended"] for stop in stops)
        after = Counter(stop["next"] for stop in stops)
        late = max((stop["seconds to stop"] or 0 for stop in stops), default=0)
        found = [(stop, fault) for stop in stops for fault in faults(stop)]
        stopped = (ended[how] for how in ("kept", "cut", "restart", "in time"))
        counts = (*stopped, late, after["ran"], after["told"])
        rows.append((lesson, len(stops), *counts, len(found)))
        notes += [f"- {lesson}, {stop['section']}: {fault}." for stop, fault in found]
    head = ("lesson", "long cells", "kept a part", "cut", "asked for a restart", "ended first")
    columns = (*head, "slowest stop, s", "next cells ran", "said what to run", "faults")
    return (
        "## Stopped cells: after two fifths of their time, in the fast budget (`make stops`)\n\n"
        + "\n".join([markdown_table(columns, rows), *([""] if notes else []), *notes, ""])
    )


def imports_section() -> str:
    result = _read("imports")
    rows = list(result["seconds_added"].items())
    sizes = list(result["installed_megabytes"].items())
    return (
        "## Imports (seconds added to an empty interpreter, median of 5)\n\n"
        f"{markdown_table(('statement', 'seconds'), rows)}\n\n"
        "## Installed size of the environment that measured this, and its largest packages\n\n"
        f"{markdown_table(('package', 'MB'), sizes)}\n"
    )


def vectorize_section() -> str:
    result = _read("vectorize")
    about = ", ".join(f"{key}: {value}" for key, value in result["about"].items())
    columns = [key for key in result["rows"][0] if not key.startswith("all_")]
    rows = [tuple(row[key] for key in columns) for row in result["rows"]]
    table = markdown_table(tuple(key.replace("_", " ") for key in columns), rows)
    return f"## Multi-hot encoding\n\n{about}\n\n{table}\n"


def mnist_section() -> str:
    result = _read("mnist")
    rows = [tuple(row.values()) for row in result["rows"]]
    return (
        "## MNIST at the deck's full cost: 60,000 images, 5 epochs, batches of 32\n\n"
        f"Test accuracy, {result['seeds']} seeds, {result['data']} data.\n\n"
        f"{markdown_table(tuple(result['rows'][0]), rows)}\n"
    )


def backends_section() -> str:
    result = _read("backends")
    head = ("workload", "backend", "import, s", "training, s", "score")
    rows = [tuple(row.values()) for row in result["rows"]]
    data = ", ".join(f"{name} {source}" for name, source in result["data"].items())
    return (
        f"## Keras backends and training settings: {result['what']}\n\n"
        f"Data: {data}. The score is one run's (test, or best of the short trials). "
        f"JAX adds {result['jax_megabytes']} MB to the environment.\n\n"
        f"{markdown_table(head, rows)}\n"
    )


def replay_section() -> str:
    result = _read("replay")
    rows = [(name, *measured.values()) for name, measured in result["tables"].items()]
    first = next(iter(result["tables"].values()))
    head = ("table", *(key.replace("_", " ") for key in first))
    return f"## Trial bank: {result['what']}\n\n{markdown_table(head, rows)}\n"


def tournament_section() -> str:
    result = _read("tournament")
    times = [(name, *measured.values()) for name, measured in result["seconds"].items()]
    regret = [tuple(row.values()) for row in result["regret"]]
    heads = ("strategy", "wall, s", "CPU, s"), tuple(result["regret"][0])
    return (
        f"## Tournament: {result['what']}\n\n{markdown_table(heads[0], times)}\n\n"
        f"Regret (accuracy short of the best of the table):\n\n"
        f"{markdown_table(heads[1], regret)}\n"
    )


def widgets_section() -> str:
    result = _read("widgets")
    about, head = (
        result["about"],
        ("explorer", "median, ms", "worst, ms", "of it in the kernel, ms of CPU"),
    )
    rows = [(name, *times.values()) for name, times in result["explorers"].items()]
    return (
        "## Explorers: from the key to the new picture, in JupyterLab in headless Chromium\n\n"
        f"{about['moves']} moves each, load {about['load']}; goal: a median of at most "
        f"{about['limit_ms']} ms\n\n{markdown_table(head, rows)}\n"
    )


def production_section() -> str:
    recorded = load_record("production")
    tables = [
        f"{part['what']}:\n\n"
        + markdown_table(tuple(part["rows"][0]), [tuple(row.values()) for row in part["rows"]])
        for part in (recorded[name] for name in ("gate", "drift", "tfx"))
    ]
    return "## Production: how often gates and drift checks err\n\n" + "\n\n".join(tables) + "\n"


def kills_section() -> str:
    """Killed workers, a row for each engine and way."""
    kills: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in load_record("kills")["kills"]:
        kills.setdefault((row["engine"], row["way"]), []).append(row)
    columns = ("planned", "kept", "again", "running_for_ever", "lost", "crashed")
    rows = [
        (*key, len(many), sum(bool(row["error"]) for row in many), *_sums(many, columns))
        for key, many in kills.items()
    ]
    head = ("engine", "way", "kills", "failed", *(name.replace("_", " ") for name in columns))
    return f"## Killed workers (lesson 14)\n\n{markdown_table(head, rows)}\n"


def _sums(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> list[Any]:
    known = [[row[name] for row in rows if name in row] for name in columns]
    return [sum(values) if values else "—" for values in known]


def scaling_section() -> str:
    result = load_record("scaling")
    kinds = {name: result[name] for name in ("quiet", "busy") if name in result}
    ways = result["busy"]["seconds"]
    rows = [(way, *(kind["seconds"][way] for kind in kinds.values())) for way in ways]
    head = ("way", *(f"{name} machine (load {kind['load']}), s" for name, kind in kinds.items()))
    about = f"{result['about']['what']}, {result['about']['cores']} cores"
    return f"## One search on two cores: {about}\n\n{markdown_table(head, rows)}\n"


def mutants_section() -> str:
    rows, notes = [], []
    for name, row in _read("mutants").items():
        failed, passed = row["right that failed"], row["wrong that passed"]
        right = f"{len(failed)} of {row['right']}"
        wrong = f"{len(passed)} of {row['wrong by hand'] + row['generated']}"
        counts = (row["right seeds"], wrong, row["generated"], row["wrong seeds"], row["CPU, s"])
        rows.append((f"`{name}`", right, *counts))
        notes += [f"- `{name}`: right, and failed under {v:.1%}: {k}." for k, v in failed.items()]
        notes += [f"- `{name}`: wrong, and passed under {v:.1%}: {k}." for k, v in passed.items()]
    asked = [f"`{q.name}`" for q in questions() if not q.free_text]
    if missing := [name for name in asked if name not in {row[0] for row in rows}]:
        notes.append(f"- Not measured since they last changed: {', '.join(missing)}.")
    head = "question", "right answers that failed", "seeds", "wrong answers that passed"
    columns = (*head, "of them generated", "seeds", "CPU, s")
    return (
        "## Checks: right answers under many seeds, and wrong ones\n\n"
        "A wrong answer passes if it is judged right under more than one seed in a hundred. "
        "Generated are those that one slip of the pen makes of the model answer; only where a "
        "question has a single right answer, and without those that answer like it.\n\n"
        + "\n".join([markdown_table(columns, rows), *([""] if notes else []), *notes, ""])
    )


def hostile_section() -> str:
    result, before = _read("hostile"), _read("hostile_before")
    keys = ("case", "what", "points", "may win", "states", "for a human", "seconds")
    then = {name: f"{points:g}" for name, points in before["points"].items()}
    rows = [
        (row["case"], row["what"], then.get(row["case"], "—"), *(row[key] for key in keys[2:]))
        for row in result["rows"]
    ]
    own = [tuple(list(row.values())[:-1]) for row in result["own"]]
    outside = ", ".join(result["outside"]) or "nothing"
    return (
        f"## Grader: {result['cases']} odd and hostile submissions in one batch\n\n"
        f"Marks forged: {result['forged']}; marks lost: {result['lost']}; "
        f"touched outside: {outside}; "
        f"peak memory of one kernel with its children: {result['peak_mb']:.0f} MB. "
        f"{before['about']}\n\n"
        f"{markdown_table((*keys[:2], 'points before', *keys[2:]), rows)}\n\n"
        "All solutions and all exercises as handed out, through the grader:\n\n"
        f"{markdown_table(tuple(result['own'][0])[:-1], own)}\n"
    )


def grader_section() -> str:
    rows = list(_read("grader").items())
    return f"## Grader: time and resumption\n\n{markdown_table(('what', 'measured'), rows)}\n"


def colab_section() -> str:
    result = _read("colab")
    rows = [(name, "—", version) for name, version in result["added"].items()]
    rows += [(name, *versions) for name, versions in result["changed"].items()]
    moved = ", ".join(result["changed_although_pinned_or_imported"]) or "none"
    return (
        f"## Colab (Python {result['python']}): what the setup cells install\n\n"
        "Packages that they change although tests/colab/runtime.txt pins them, or a kernel has "
        f"loaded them by then: {moved}.\n\n"
        f"{markdown_table(('package', 'before', 'after'), rows)}\n"
    )


def _read(name: str) -> Any:
    return json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
