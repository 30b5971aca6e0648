"""Vectors of heads as they are parsed."""
