"""Baselines and other renderers beside which readings are judged."""
