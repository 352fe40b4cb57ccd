"""Outside formats: files of people."""
