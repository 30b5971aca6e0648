"""Vectors of faces as landmarks tell them."""
