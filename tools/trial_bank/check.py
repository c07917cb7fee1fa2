"""Run a random sample of the trial bank's trainings again and compare with what is recorded.

Run by `make bank-check`. Ends with an error if a table's typical or largest difference in accuracy
is above its tolerance. Seconds are printed and never judged: they belong to the machine.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tools.trial_bank import nas, tunable
from tools.trial_bank.make import HOME
from tools.trial_bank.plan import Array, Plan, versions
from tools.trial_bank.plans import PLANS
from tools.trial_bank.tables import Records, read_table, train_all


@dataclass(frozen=True)
class Tolerance:
    """Differences in accuracy between two runs of the sampled trainings.

    `typical` is the median over the trainings of the mean over folds and steps; `largest` is that
    of any single fold and step. With `network`, only the last epoch counts, and only what a
    difference has beyond the distance between the recorded seeds of the same configuration.
    """

    typical: float
    largest: float
    network: bool = False


# On the machine that made the tables every difference was 0, with scikit-learn 1.9.1 and 1.6.1.
# Other processors sum in another order: a support vector machine moves by a row or two, a forest
# can choose another of two equal splits, a network that does not settle walks elsewhere. With the
# oldest instruction set (OPENBLAS_CORETYPE=Nehalem) most networks were the same within a row; those
# of three layers with adam at 0.1 differed by 0.02 to 0.09 on average and by 0.62 at most.
#
# Keras networks: with oneDNN's kernels, which sum in another order, 8 of Reuters ended 0 to 12 of
# 1,797 rows away; of MNIST's, those with a softmax were the same and those without it moved by 0.01
# at the end and by 0.1 on the way. Where the seeds of a configuration lie far apart (no softmax,
# rates at which SGD diverges) nothing smaller than their distance can be asked for, and three seeds
# do not show all of it: hence the wide `largest` of those tables, beside a narrow `typical`.
SETTLED = Tolerance(typical=0.01, largest=0.05, network=True)
LOTTERY = Tolerance(typical=0.01, largest=0.8, network=True)
TOLERANCES = {
    "svm_digits": Tolerance(typical=0.001, largest=0.02),
    "forest_cancer": Tolerance(typical=0.005, largest=0.15),
    "mlp_digits": Tolerance(typical=0.01, largest=0.8),
    "mnist_seeds": LOTTERY,
    "mnist_units": LOTTERY,
    "mnist_dropout": SETTLED,
    "reuters_sgd": LOTTERY,
    "reuters_adam": SETTLED,
    "reuters_momentum": LOTTERY,
    "deck_grid": Tolerance(typical=0.02, largest=0.15, network=True),  # folds of 85 rows
    "reuters_search": SETTLED,
    "reuters_quarter": SETTLED,
    "imdb_search": SETTLED,
    **dict.fromkeys(nas.PLANS, LOTTERY),  # two seeds show little of how far a network may go
    **dict.fromkeys(tunable.PLANS, Tolerance(typical=0.01, largest=0.15)),  # folds of 37 rows
}


def check(plan: Plan, recorded: Records, n: int, seed: int) -> tuple[list[str], bool]:
    """Run `n` trainings again; return the report's lines and whether all is within tolerance."""
    rng = np.random.default_rng(seed)
    there = sorted(recorded)
    drawn = rng.choice(len(there), min(n, len(there)), replace=False)
    limit = TOLERANCES[plan.name]
    lines, gaps = [], []
    for row, repetition, again in train_all(plan, [there[k] for k in sorted(drawn)], jobs=None):
        before = recorded[row, repetition]
        gap = difference(plan, recorded, row, repetition, again["hits"], limit.network)
        gaps.append(gap)
        sizes = plan.sizes[repetition]
        scores = [(record["hits"] / sizes)[..., -1].mean() for record in (before, again)]
        seconds = [record["seconds"].astype(float).sum() for record in (before, again)]
        lines.append(
            f"{shown(plan.rows[row]) + f' seed {repetition}':<72}"
            f" {scores[0]:8.4f} {scores[1]:8.4f}"
            f" {gap.mean():8.4f} {gap.max():8.4f} {seconds[1] / seconds[0]:7.2f}"
        )
    typical, largest = float(np.median([g.mean() for g in gaps])), float(max(map(np.max, gaps)))
    good = typical <= limit.typical and largest <= limit.largest
    verdict = "ok" if good else "DIFFERENT"
    lines.append(
        f"{verdict}: typical difference {typical:.4f} (allowed {limit.typical}), "
        f"largest {largest:.4f} (allowed {limit.largest})"
    )
    return lines, good


def difference(
    plan: Plan, recorded: Records, row: int, seed: int, hits: Array, network: bool
) -> Array:
    """Return the differences in accuracy that count, of shape (folds, steps)."""
    gap: Array = np.abs(hits - recorded[row, seed]["hits"].astype(float)) / plan.sizes[seed]
    if not network:
        return gap
    seeds = [s for s in range(plan.n_seeds) if (row, s) in recorded]
    last = np.array([recorded[row, s]["hits"][:, -1:] / plan.sizes[s] for s in seeds])
    return np.asarray(np.maximum(0, gap[:, -1:] - np.ptp(last, axis=0)))


def shown(config: dict[str, Any]) -> str:
    """Return a configuration's values, short."""
    values = (f"{v:.3g}" if isinstance(v, float) else str(v) for v in config.values())
    return " ".join(values)


def main(arguments: list[str] | None = None) -> None:
    """Read the command line and check the tables that are there."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--table", choices=PLANS, action="append", help="default: all")
    parser.add_argument("--rows", type=int, default=4, help="trainings run again for each table")
    parser.add_argument("--seed", type=int, default=None, help="of the sample; default: a new one")
    parser.add_argument("--folder", type=Path, default=HOME, help="where the tables lie")
    options = parser.parse_args(arguments)
    seed = options.seed
    if seed is None:
        seed = int(np.random.default_rng().integers(10_000))
    print(f"sample: --rows {options.rows} --seed {seed}")
    bad = []
    for name in options.table or PLANS:
        plan = PLANS[name]()
        recorded = read_table(plan, options.folder / f"{name}.npz")
        if not recorded:
            print(f"\n{name}: not recorded yet")
            continue
        print(f"\n{name}: run again with {versions(plan.packages)}")
        head = ("recorded", "again", "mean |d|", "max |d|", "seconds")
        columns = f"{head[0]:>8} {head[1]:>8} {head[2]:>8} {head[3]:>8} {head[4]:>7}"
        print(f"{' '.join(plan.rows[0]):<72} {columns}")
        lines, good = check(plan, recorded, options.rows, seed)
        print("\n".join(lines), flush=True)
        if not good:
            bad.append(name)
    if bad:
        sys.exit(f"\nNot as recorded: {', '.join(bad)}")


if __name__ == "__main__":
    main()
