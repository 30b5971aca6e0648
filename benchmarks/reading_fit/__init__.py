"""Fits the constants of `prink.reading` on portraits: python -m benchmarks.reading_fit."""
