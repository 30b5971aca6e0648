"""Benchmarks of prink: every published figure, rerun with `make bench`."""
