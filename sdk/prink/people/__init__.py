"""Synthetic heads with exact hair masks, made of MakeHuman's CC0 assets."""
