"""What a human should look at in a student's code: a help, not a wall.

Patterns over the text of cells point at lines that no exercise needs. Whoever wants to hide such a
line can, so nothing is built on them and no mark hangs on one: what keeps answers true is that
inputs are drawn, and answers judged, outside (:mod:`course_utils.grading.judging`).
"""

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
    r"get_ipython\(\)\.(kernel|run_cell|user_ns|display)|\bimportlib\.reload|_repr_mimebundle_|"
    r"__traceback__|\b(tb_frame|f_back|f_locals|f_globals|cell_contents)\b|__closure__|"
    r"__subclasses__|\braw_input\b|\.(load_model|observe|reply|predict|save|fit)\s*=(?!=)",
    "course": r"_judges|_draws|_observers|_examiners|_reply|_wire|_simulated|"
    r"course_utils\.(checks|grading|_)|NBGRADER|"
    r"COURSE_GRADER|\bsolutions/|/curso\b",
    "files": r"/proc\b|/etc/|/root\b|/home\b|/tmp\b|\.\./\.\.|os\.(walk|listdir|scandir)|"
    r"shutil\.rmtree|\bglob\b",
    "exit": r"os\._exit|sys\.exit|\bquit\(|\bexit\(|os\.abort",
}
_PATTERNS = {key: re.compile(pattern, re.MULTILINE) for key, pattern in _SIGNS.items()}
_SEAM = re.compile(r"""["']\s*[+,]?\s*[bfru]{0,2}["']""", re.IGNORECASE)
"""Between two pieces of a text: ``"_jud" + "ges"``, ``"_jud" "ges"``, ``["_jud", "ges"]``."""


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
        lines += _SEAM.sub("", "\n".join(lines)).splitlines()
        for key, pattern in _PATTERNS.items():
            line = next((line for line in lines if pattern.search(line)), None)
            if line is not None:
                what = messages.GRADER_SUSPICIONS[key]
                short = line.strip()[:160]
                yield messages.GRADER_SUSPICIOUS.format(cell=number, what=what, line=short)
