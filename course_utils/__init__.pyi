"""Public names, one a line: what type checkers see, and what is served on first use."""

from .bank import trial_bank as trial_bank
from .checks import check as check
from .checks import progress_page as progress_page
from .data import Dataset as Dataset
from .data import load_fraud as load_fraud
from .data import load_imdb as load_imdb
from .data import load_mnist as load_mnist
from .data import load_record as load_record
from .data import load_reuters as load_reuters
from .environment import budget as budget
from .environment import check_environment as check_environment
from .environment import setup as setup
from .guesses import guess as guess
from .guesses import reveal as reveal
from .live import progress as progress
from .live import track as track
from .numerals import thousands as thousands
from .plots import effect_plot as effect_plot
from .plots import fold_map as fold_map
from .plots import heat_map as heat_map
from .plots import projections as projections
from .plots import schedule_curves as schedule_curves
from .plots import schedule_panels as schedule_panels
from .plots import show as show
from .plots import surrogate_panels as surrogate_panels
from .study import boundary_report as boundary_report
from .study import to_study as to_study
from .text import decode_sequence as decode_sequence
from .text import one_hot_labels as one_hot_labels
from .text import vectorize_sequences as vectorize_sequences
from .tournament import run_tournament as run_tournament
from .widgets.evolution import explore_evolution as explore_evolution
from .widgets.gp import explore_gp as explore_gp
from .widgets.grid_vs_random import explore_grid_vs_random as explore_grid_vs_random
from .widgets.halving import explore_halving as explore_halving
from .widgets.hyperband import explore_hyperband as explore_hyperband
from .widgets.luck import explore_luck as explore_luck
from .widgets.schedule import explore_schedule as explore_schedule
from .widgets.sixty_trials import explore_sixty_trials as explore_sixty_trials
from .widgets.threshold import explore_threshold as explore_threshold
from .widgets.tpe import explore_tpe as explore_tpe
from .wrappers import repair_scikeras as repair_scikeras

__all__: list[str]
