"""The base of every error that prink raises on purpose."""

__all__ = ["PrinkError"]


class PrinkError(Exception):
    """Something prink cannot do; the message is one sentence that says what to do about it."""
