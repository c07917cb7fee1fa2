"""Every test runs in the fast budget and on the data that come with the course."""

import os


def pytest_configure() -> None:
    os.environ["COURSE_BUDGET"] = "rapido"
    os.environ["COURSE_DATA"] = "embedded"
    os.environ["COURSE_NOTES"] = ""  # no test reads or leaves what a student predicted
