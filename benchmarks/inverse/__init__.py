"""How well looks are read off photos, beside baselines: python -m benchmarks.inverse."""
