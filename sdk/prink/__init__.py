"""prink reads a look off one photo and draws it on a live face."""

__version__ = "0.1.0"
