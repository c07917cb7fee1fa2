"""How much one submission may use."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Limits"]


@dataclass(frozen=True)
class Limits:
    """Limits of one submission.

    Attributes
    ----------
    memory_mb : int
        Memory of the kernel and all its children together (resident, MB). A network lesson with
        TensorFlow needs about 1 GB.
    processes : int
        Processes and threads of the whole tree.
    file_mb, scratch_mb : int
        Largest file, and size of each of the folders in which the submission may write (MB).
    output_mb : int
        What all cells together may print (MB).
    start_seconds, cell_seconds, question_seconds, notebook_seconds : float
        Time to start a kernel, for one cell, for one question, for everything (s, wall clock).
    restarts : int
        How many times a killed kernel is started anew, without the cell that killed it.
    """

    memory_mb: int = 2560
    processes: int = 256
    file_mb: int = 256
    scratch_mb: int = 512
    output_mb: int = 20
    start_seconds: float = 120.0
    cell_seconds: float = 120.0
    question_seconds: float = 60.0
    notebook_seconds: float = 600.0
    restarts: int = 3
