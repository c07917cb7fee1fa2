"""What RESULTS.md says of the decks' procedures: a table, its sums, and a picture."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.deck_procedures.comparison import Compared, compare
from benchmarks.deck_procedures.rows import ROWS, Row
from benchmarks.decks import MARGIN, RATIO, ROOT, SIDES, Record, read_record
from course_utils._atomic import write_text

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PICTURE = ROOT / "benchmarks" / "decks.svg"
Results = list[tuple[Row, Compared]]
HEAD = (
    "what the deck does",
    "seconds",
    "what a student waits for (lesson, sections)",
    "seconds",
    "times shorter",
    "held-out rows",
    "right: deck",
    "right: course",
    "course − deck, points",
    "search's winner − deck",
    "verdict",
)


def compared(record: Record) -> Results:
    """Compare every row of which both sides are measured with one seed at least."""
    found = []
    for row in ROWS:
        deck, course = (record.get(row.name, {}).get(side, {}) for side in SIDES)
        if set(deck) & set(course):
            found.append((row, compare(deck, course, MARGIN)))
    return found


def section(record: Record | None = None, picture: Path = PICTURE) -> str:
    """Return the section of RESULTS.md, and draw its picture; empty if nothing is measured."""
    results = compared(read_record() if record is None else record)
    if not results:
        return ""
    write_text(picture, drawn(results))
    return (
        "## The decks' own procedures, and what a student waits for now (`make bench-decks`)\n\n"
        "CPU seconds of one core, means over the seeds; a recording's are the trial bank's, at the "
        "pace of the day. Both sides search the same rows and answer for the same held-out rows. "
        "Of the course, the answer is the search's winner, or the model as it comes where that "
        "validates at least as well. ± is one paired standard error, in points of accuracy: of "
        f"the rows or of the seeds, the larger. An answer is worse or better beyond {MARGIN:g} of "
        "them.\n\n"
        f"{table(results)}\n\n{summary(results)}\n\n![{alternative(results)}]({picture.name})\n"
    )


def table(results: Results) -> str:
    """Return the Markdown table."""
    lines = [HEAD, ("---",) * len(HEAD)]
    lines += [cells(row, found) for row, found in results]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def cells(row: Row, found: Compared) -> tuple[str, ...]:
    """Return one line of the table."""
    seeds = f"{found.n_seeds} seed" + "s" * (found.n_seeds > 1)
    return (
        f"{row.procedure} ({row.seconds})",
        seconds(found.deck_seconds),
        f"{row.lesson}, {row.counterpart}",
        seconds(found.course_seconds),
        f"{found.ratio:.1f}",
        f"{found.n_rows:,}, {row.rows}; {seeds}",
        f"{found.deck_right:.1f}",
        f"{found.course_right:.1f}",
        f"{found.difference:+.2f} ± {found.error:.2f}",
        f"{found.winner:+.2f}",
        found.verdict,
    )


def seconds(value: float) -> str:
    """Write seconds with three digits or so."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def sums(results: Results) -> tuple[float, float]:
    """Add up the seconds of the decks and those of the course."""
    return (
        sum(found.deck_seconds for _, found in results),
        sum(found.course_seconds for _, found in results),
    )


def summary(results: Results) -> str:
    """Say the sums, what is worse, and what is not measured yet."""
    deck, course = sums(results)
    reached = "reached" if deck >= RATIO * course else "not reached"
    parts = [
        f"Sum: {seconds(deck)} s of the decks, {seconds(course)} s of the course, "
        f"{deck / course:.1f} times shorter ({RATIO:g} wanted: {reached})."
    ]
    worse = [row.procedure for row, found in results if found.verdict == "worse"]
    parts.append(f"Worse beyond the margin: {'; '.join(worse) or 'none'}.")
    known = {row.name for row, _ in results}
    if missing := [row.procedure for row in ROWS if row.name not in known]:
        parts.append(f"Not measured yet, and not in the sums: {'; '.join(missing)}.")
    return " ".join(parts)


def alternative(results: Results) -> str:
    """Describe the picture in words."""
    deck, course = sums(results)
    parts = [
        f"{row.procedure.split(',')[0]} {seconds(found.deck_seconds)} s and "
        f"{seconds(found.course_seconds)} s"
        for row, found in results
    ]
    return (
        f"Seconds of each procedure in the decks and in the course, on a logarithmic axis: "
        f"{'; '.join(parts)}. In all {seconds(deck)} s and {seconds(course)} s."
    )


def drawn(results: Results) -> str:
    """Draw the seconds of both sides, a line for each row, as SVG text."""
    import matplotlib as mpl

    from course_utils.plots import use_style

    with mpl.rc_context():
        use_style()
        # The same record gives the same bytes.
        mpl.rcParams |= {"svg.hashsalt": "decks", "svg.fonttype": "none"}
        text = io.StringIO()
        figure(results).savefig(text, format="svg", metadata={"Date": None, "Creator": None})
    return text.getvalue()


def figure(results: Results) -> Figure:
    """Draw one line for each row, in the style that is in force."""
    from matplotlib.figure import Figure

    fig = Figure(figsize=(9.0, 1.6 + 0.5 * len(results)))
    ax = fig.subplots()
    places = range(len(results), 0, -1)
    deck, course = ([getattr(found, f"{side}_seconds") for _, found in results] for side in SIDES)
    ax.hlines(places, course, deck, color="0.75", lw=2, zorder=1)
    ax.scatter(course, places, s=70, marker="o", color="C0", label="course", zorder=2)
    ax.scatter(deck, places, s=70, marker="D", color="C1", label="deck", zorder=2)
    for place, (_, found) in zip(places, results, strict=True):
        middle = (found.deck_seconds * found.course_seconds) ** 0.5
        label = f"{found.ratio:.0f} ×" if found.ratio >= 10 else f"{found.ratio:.1f} ×"
        ax.annotate(label, (middle, place), (0, 5), textcoords="offset points", ha="center")
    total, wait = sums(results)
    ax.set(xscale="log", xlabel="CPU seconds of one core (logarithmic axis)")
    ax.set_ylim(0.4, len(results) + 0.7)
    ax.set_yticks(list(places), [row.procedure for row, _ in results])
    title = f"{len(results)} procedures: {seconds(total)} s in the decks, {seconds(wait)} s now"
    fig.suptitle(title, fontweight="bold", fontsize=12)
    fig.legend(loc="outside lower center", ncols=2)
    ax.grid(axis="y", visible=False)
    return fig
