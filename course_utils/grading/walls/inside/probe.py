"""Runs inside the walls before any grading: can a kernel start, and every package be read?"""

import os
import site
import sys


def main() -> None:
    """Exit with a sentence if something cannot be read or imported."""
    for folder in site.getsitepackages():
        for entry in os.scandir(folder):
            if not os.access(entry.path, os.R_OK | (os.X_OK if entry.is_dir() else 0)):
                sys.exit(f"PermissionError: {entry.path}")
    __import__("ipykernel")


if __name__ == "__main__":
    main()
