"""What whoever grades has to decide or repair."""

__all__ = ["GraderError"]


class GraderError(RuntimeError):
    """Something that whoever grades has to decide or repair; one Spanish sentence."""
