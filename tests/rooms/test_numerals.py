"""Numbers as people write them, and as the course writes them."""

import pytest

from course_utils import thousands
from course_utils.numerals import number_text, read_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("60", 60),
        ("12 500", 12_500),
        ("12\u202f500", 12_500),
        ("12.500", 12.5),
        ("1.234.567", 1_234_567),
        ("0,95", 0.95),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1e-3", 0.001),
        (" 5 % ", 5),
        ("−3", -3),
        (".5", 0.5),
        ("", None),
        ("muchos", None),
        ("1,2,3", None),
        ("inf", None),
        ("nan", None),
        ("3 o 4", None),
    ],
)
def test_numbers_are_read_as_people_write_them(text, value):
    assert read_number(text) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3125, "3125"),
        (12_345.67, "12\u202f346"),
        (9999.6, "10\u202f000"),
        (9999.4, "9999"),
        (0.95444, "0.9544"),
        (-0.5, "-0.5"),
        (4.720000000000001, "4.72"),
    ],
)
def test_numbers_are_written_in_one_way(value, text):
    assert number_text(value) == text
    assert read_number(text) == pytest.approx(value, rel=1e-3)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (-12_501, "-12\u202f501"),
        (9999, "9999"),
        (10_000, "10\u202f000"),
        (1_234_567, "1\u202f234\u202f567"),
    ],
)
def test_only_five_digits_and_more_are_parted(number, text):
    assert thousands(number) == text
