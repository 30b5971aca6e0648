"""What every pixel of the head is."""

from prink.parse.error import ParseError
from prink.parse.parser import Parser
from prink.parse.parsing import Parsing, Square
from prink.parse.seen import as_seen
from prink.parse.worn import wears_makeup

__all__ = ["ParseError", "Parser", "Parsing", "Square", "as_seen", "wears_makeup"]
