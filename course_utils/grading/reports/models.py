"""The model answers that the course publishes, to be known again when they are handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from course_utils.grading.reading.exercises import Exercise
from course_utils.grading.reading.notebooks import read_notebook

__all__ = ["Models", "load_models"]

_SHORT = 40  # letters; two people may well find the same few words


@dataclass(frozen=True)
class Models:
    """What was published.

    Attributes
    ----------
    texts : dict of str to str
        Model answer by free-text question, letters and digits only.
    code : frozenset of str
        Fingerprints of the solutions' code.
    """

    texts: dict[str, str] = field(default_factory=dict)
    code: frozenset[str] = frozenset()

    def holds(self, question: str, text: str) -> bool:
        """Whether a text is, or contains, the model answer, whatever its spacing and marks."""
        model = self.texts.get(question, "")
        return len(model) >= _SHORT and model in _letters(text)


def load_models(folder: Path, exercises: Sequence[Exercise]) -> Models:
    """Read the solutions; a copy of the course without them has none.

    Parameters
    ----------
    folder : Path
        Holds ``NN_tema.ipynb``.
    exercises : sequence of Exercise
        Those that are graded.

    Returns
    -------
    Models
    """
    texts: dict[str, str] = {}
    code = set()
    for exercise in exercises:
        path = folder / f"{exercise.stem}.ipynb"
        if path.exists():
            cells = read_notebook(path.read_bytes()).cells
            found = exercise.free_texts(cells)
            texts |= {name: _letters(text) for name, text in found.items()}
            code.add(exercise.fingerprint(cells))
    return Models(texts, frozenset(code - {""}))


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
