"""How far each table is: the list in the bank's README, written from the tables themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tools.trial_bank.plan import Plan
from tools.trial_bank.tables import read_table

BEGIN, END = "<!-- progress:begin -->\n", "<!-- progress:end -->\n"


def write_progress(plans: Iterable[Plan], folder: Path) -> None:
    """Write the list into the ``README.md`` beside the tables, if there is one."""
    readme = folder / "README.md"
    if readme.exists():
        readme.write_text(updated(readme.read_text(encoding="utf-8"), plans, folder), "utf-8")


def updated(text: str, plans: Iterable[Plan], folder: Path) -> str:
    """Return a README's text with the list of tables that are not complete."""
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    lines = [line for plan in plans if (line := progress(plan, folder))]
    return before + BEGIN + "".join(lines or ["Every table is complete.\n"]) + END + after


def progress(plan: Plan, folder: Path) -> str:
    """Return the line of a table, or nothing if it is complete."""
    there = read_table(plan, folder / f"{plan.name}.npz")
    if len(there) == len(plan.trainings):
        return ""
    per_seed = Counter(seed for _, seed in there)
    complete = sum(n == len(plan.rows) for n in per_seed.values())
    return (
        f"- `{plan.name}`: in progress, {len(there)} of {len(plan.trainings)} trainings, "
        f"{complete} of {plan.n_seeds} seeds complete\n"
    )
