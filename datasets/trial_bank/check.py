"""Train a random sample of the trial bank again and compare with what is recorded.

Run by `make bank-check`. Ends with an error if a table's typical or largest difference in accuracy
is above its tolerance. Seconds are printed and never judged: they belong to the machine.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from typing import Any

import numpy as np
from make import PLANS, Plan, train_rows, versions

from course_utils import trial_bank
from course_utils.bank import TrialBank


@dataclass(frozen=True)
class Tolerance:
    """Differences in accuracy between two trainings of the sampled rows.

    `typical` is the median over the rows of the mean over folds, seeds and steps; `largest` is that
    of any single fold, seed and step.
    """

    typical: float
    largest: float


# On the machine that made the tables every difference was 0, with scikit-learn 1.9.1 and 1.6.1.
# Other processors sum in another order: a support vector machine moves by a row or two, a forest
# can choose another of two equal splits, a network that does not settle walks elsewhere. With the
# oldest instruction set (OPENBLAS_CORETYPE=Nehalem) most networks were the same within a row; those
# of three layers with adam at 0.1 differed by 0.02 to 0.09 on average and by 0.62 at most.
TOLERANCES = {
    "svm_digits": Tolerance(typical=0.001, largest=0.02),
    "forest_cancer": Tolerance(typical=0.005, largest=0.15),
    "mlp_digits": Tolerance(typical=0.01, largest=0.8),
}


def check(plan: Plan, bank: TrialBank, n_rows: int, seed: int) -> tuple[list[str], bool]:
    """Train rows again; return the report's lines and whether they are within the tolerance."""
    rng = np.random.default_rng(seed)
    rows = sorted(rng.choice(len(plan.rows), min(n_rows, len(plan.rows)), replace=False).tolist())
    lines, gaps = [], []
    for row, record in train_rows(plan, rows, jobs=1):
        before = bank.recorded["hits"][row] / bank.recorded["sizes"]
        after = record["hits"] / plan.sizes
        gap = np.abs(after - before)
        gaps.append(gap)
        seconds = record["seconds"].sum(), bank.recorded["seconds"][row].astype(float).sum()
        lines.append(
            f"{shown(plan.rows[row]):<72}"
            f" {before[..., -1].mean():8.4f} {after[..., -1].mean():8.4f}"
            f" {gap.mean():8.4f} {gap.max():8.4f} {seconds[0] / seconds[1]:7.2f}"
        )
    limit = TOLERANCES[plan.name]
    typical, largest = float(np.median([g.mean() for g in gaps])), float(np.max(gaps))
    good = typical <= limit.typical and largest <= limit.largest
    verdict = "ok" if good else "DIFFERENT"
    lines.append(
        f"{verdict}: typical difference {typical:.4f} (allowed {limit.typical}), "
        f"largest {largest:.4f} (allowed {limit.largest})"
    )
    return lines, good


def shown(config: dict[str, Any]) -> str:
    values = (f"{v:.3g}" if isinstance(v, float) else str(v) for v in config.values())
    return " ".join(values)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--table", choices=PLANS, action="append", help="default: all")
    parser.add_argument("--rows", type=int, default=4, help="rows trained again for each table")
    parser.add_argument("--seed", type=int, default=None, help="of the sample; default: a new one")
    options = parser.parse_args()
    seed = options.seed
    if seed is None:
        seed = int(np.random.default_rng().integers(10_000))
    print(f"sample: --rows {options.rows} --seed {seed}")
    bad = []
    for name in options.table or PLANS:
        bank = trial_bank(name)
        print(f"\n{name}: recorded with scikit-learn {bank.about['scikit-learn']}, ", end="")
        print(f"trained again with {versions()['scikit-learn']}")
        head = ("recorded", "again", "mean |d|", "max |d|", "seconds")
        columns = f"{head[0]:>8} {head[1]:>8} {head[2]:>8} {head[3]:>8} {head[4]:>7}"
        plan = PLANS[name]()
        print(f"{' '.join(plan.rows[0]):<72} {columns}")
        lines, good = check(plan, bank, options.rows, seed)
        print("\n".join(lines), flush=True)
        if not good:
            bad.append(name)
    if bad:
        sys.exit(f"\nNot as recorded: {', '.join(bad)}")


if __name__ == "__main__":
    main()
