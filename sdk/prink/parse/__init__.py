"""What every pixel of the head is."""

from prink.parse.parsing import Parsing, Square

__all__ = ["Parsing", "Square"]
