"""Inside of the room :mod:`course_utils.grading`: reader, sandbox, runner, reports.

None of this is given to the sandbox, and none of it imports or unpickles what a student wrote.
"""
