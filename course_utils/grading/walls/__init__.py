"""Where a student's code runs: a kernel behind walls, watched, one process a submission."""
