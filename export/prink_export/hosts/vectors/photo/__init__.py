"""Vectors of what is read off a photo."""
