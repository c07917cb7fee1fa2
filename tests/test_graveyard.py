"""What the program that tries abandoned libraries says of an error."""

from benchmarks.graveyard import LIBRARIES, error_line


def test_an_error_is_told_by_its_last_line_without_paths():
    output = (
        "Traceback (most recent call last):\n"
        '  File "/somewhere/x.py", line 1, in <module>\n'
        "ImportError: cannot import name 'a' from 'b' (/somewhere/b.py)\n"
        "hint: something else\n"
    )
    assert error_line(output) == "ImportError: cannot import name 'a' from 'b'"


def test_an_output_without_an_exception_is_told_by_its_last_line():
    assert error_line("one\ntwo\n\n") == "two"
    assert error_line("") == "?"


def test_every_library_has_something_to_try():
    assert all(library.packages and library.statement for library in LIBRARIES)
