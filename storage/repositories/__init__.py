"""Every query of the project: rows to domain values and back, one noun a file."""
