"""Every string that a student reads, in one place, so that an English edition can follow.

A module for each room; ``answers`` belongs to the checks and ``marking`` to the grader. Constants
are templates for :meth:`str.format`; the code that fills them stands beside its logic and says
``messages.NAME``, whichever module holds it. Two stay apart: the explorers' strings, in
:mod:`course_utils.messages.explorers`, and what the judges say of each mistake, in
:mod:`course_utils.messages.checks`, which does not enter the grader's sandbox.
"""

# ruff: noqa: F403 (what a room says is named once, where it is written)
from course_utils.messages.answers import *
from course_utils.messages.bank import *
from course_utils.messages.data import *
from course_utils.messages.environment import *
from course_utils.messages.guesses import *
from course_utils.messages.live import *
from course_utils.messages.marking import *
from course_utils.messages.plots import *
from course_utils.messages.production import *
from course_utils.messages.progress import *
from course_utils.messages.study import *
from course_utils.messages.text import *
from course_utils.messages.tournament import *
