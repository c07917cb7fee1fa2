"""What a human should look at in a student's code. It never changes a mark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from course_utils import messages
from course_utils.grading.reading.notebooks import Cell

__all__ = ["suspicious"]

_SIGNS = {
    "system": r"^\s*(!|%%(bash|sh|script|system)|%(system|sx)\b)|\bsubprocess\b|os\.(system|popen|"
    r"exec|fork|kill|spawn)|\bctypes\b|\bmultiprocessing\b|\bsignal\.",
    "network": r"\bsocket\b|\burllib|\brequests\.|\bhttp\.client|\baiohttp\b",
    "internals": r"\bbuiltins\b|__builtins__|ast_transformers|input_transformers|NodeTransformer|"
    r"sys\.(modules|settrace|setprofile|meta_path|_getframe)|\bgc\.get_|inspect\.(stack|current)|"
    r"\b__import__\b|\bmarshal\b|\bpickle\.loads?\b|json\.(dumps|loads)\s*=|events\.register|"
    r"get_ipython\(\)\.(kernel|run_cell|user_ns|display)|\bimportlib\.reload|_repr_mimebundle_",
    "course": r"_judges|_observers|_reply|course_utils\.(checks|grading|_)|NBGRADER|"
    r"COURSE_GRADER|\bsolutions/|/curso\b",
    "files": r"/proc\b|/etc/|/root\b|/home\b|/tmp\b|\.\./\.\.|os\.(walk|listdir|scandir)|"
    r"shutil\.rmtree|\bglob\b",
    "exit": r"os\._exit|sys\.exit|\bquit\(|\bexit\(|os\.abort",
}
_PATTERNS = {key: re.compile(pattern, re.MULTILINE) for key, pattern in _SIGNS.items()}


def suspicious(cells: Sequence[Cell], known: frozenset[str]) -> Iterator[str]:
    """Sentences about lines that no exercise needs, at most one a cell and kind.

    Parameters
    ----------
    cells : sequence of Cell
        The notebook.
    known : frozenset of str
        Lines that were handed out.

    Yields
    ------
    str
        In Spanish, with the number of the code cell and the line.
    """
    code = [cell.source for cell in cells if cell.kind == "code"]
    for number, source in enumerate(code, 1):
        lines = [line for line in source.splitlines() if line.strip() not in known]
        for key, pattern in _PATTERNS.items():
            line = next((line for line in lines if pattern.search(line)), None)
            if line is not None:
                what = messages.GRADER_SUSPICIONS[key]
                short = line.strip()[:160]
                yield messages.GRADER_SUSPICIOUS.format(cell=number, what=what, line=short)
