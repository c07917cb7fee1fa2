"""Train what is missing of the trial bank's tables.

Run by `make bank`. Every finished training is appended to `<table>.journal`; an interrupted run
goes on from there and loses at most the trainings that were being run. At the end of a table the
journal's trainings move into `<table>.npz`, whose SHA-256 goes to `manifest.json`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tools.trial_bank.plans import PLANS
from tools.trial_bank.progress import write_progress
from tools.trial_bank.tables import build, store

HOME = Path(__file__).resolve().parents[2] / "datasets" / "trial_bank"


def main(arguments: list[str] | None = None) -> None:
    """Read the command line and build the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--table", choices=PLANS, action="append", help="default: all")
    parser.add_argument("--jobs", type=int, default=1, help="trainings run at the same time")
    parser.add_argument("--seeds", type=int, help="only the first so many; default: all planned")
    parser.add_argument("--folder", type=Path, default=HOME, help="where the tables are written")
    parser.add_argument(
        "--store", action="store_true", help="train nothing: move the journals into the tables"
    )
    options = parser.parse_args(arguments)
    for name in options.table or PLANS:
        if options.store:
            store(PLANS[name](), options.folder)
        else:
            build(PLANS[name](), options.folder, options.jobs, options.seeds)
    write_progress([plan() for plan in PLANS.values()], options.folder)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\nInterrupted: finished trainings are kept; `make bank` goes on from here.")
