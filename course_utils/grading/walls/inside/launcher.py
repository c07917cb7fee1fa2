"""Runs inside the walls, before any line of a student: sets limits, gives up root, becomes Python.

``python -I -S -c <this text> <specification as JSON>``: it reads no file, so none can be put in its
way.
"""

import json
import os
import resource
import sys
from typing import Any


def limit(limits: dict[str, int], strict: bool) -> None:
    """Lower the limits of this process, never above what the system allows."""
    for name, value in limits.items():
        try:
            kind = getattr(resource, name)
            hard = resource.getrlimit(kind)[1]
            value = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(kind, (value, value))
        except (AttributeError, ValueError, OSError):  # a system that does not know this limit
            if strict:
                raise


def main(spec: dict[str, Any]) -> None:
    """Become the command of the specification, with its limits, user and folder."""
    limit(spec["limits"], spec["strict"])
    if spec["uid"]:
        os.setgroups([])
        os.setresgid(spec["uid"], spec["uid"], spec["uid"])
        os.setresuid(spec["uid"], spec["uid"], spec["uid"])
    os.umask(0o077)
    os.chdir(spec["folder"])
    os.execv(spec["command"][0], spec["command"])


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
