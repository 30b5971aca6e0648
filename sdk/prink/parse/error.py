"""What is told where heads cannot be parsed."""

from prink.errors import PrinkError

__all__ = ["ParseError"]


class ParseError(PrinkError, ValueError):
    """A frame, setting or network that heads cannot be parsed with, told in one plain sentence."""
