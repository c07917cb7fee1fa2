"""``python -m course_utils.grading``: see :func:`course_utils.grading.main`."""

import sys

from course_utils.grading import main

sys.exit(main())
