"""What was handed in: files, notebooks, the exercises they answer, and what a human should see."""
