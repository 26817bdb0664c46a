"""What is talked about reports: notes, the summary after a meeting, the full report, and what was decided before."""
