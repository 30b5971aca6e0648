"""Vectors of looks and how they are drawn."""
