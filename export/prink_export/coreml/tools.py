"""coremltools, imported without its harmless complaints."""

import logging
from types import ModuleType
from typing import Final

from prink_export.pipeline.packages import need

__all__ = ["core_ml_tools"]


class Harmless(logging.Filter):
    """Drops records that open and go on in a known way."""

    def __init__(self, *known: tuple[str, str]) -> None:
        super().__init__()
        self.known = known

    def filter(self, record: logging.LogRecord) -> bool:
        """Returns whether a record is said."""
        said = record.getMessage()
        return not any(said.startswith(start) and rest in said for start, rest in self.known)


# What is said on every import beside newer packages, away from a Mac or from a GPU, and of every
# network with two outputs: by logger, how a message opens and what follows in it.
HARMLESS: Final = {
    "coremltools": Harmless(
        ("Torch version", "has not been tested with"),
        ("scikit-learn version", "is not supported"),
        ("Failed to load _ML", "libcoremlpython"),
        ("Tuple detected at graph output", ""),
    ),
    "torchao": Harmless(("Failed to load", "Could not load this library")),
    "torch.utils._pytree": Harmless(("<enum 'KernelPreference'>", "register_constant()")),
}


def core_ml_tools() -> ModuleType:
    """Returns the package.

    Raises:
        ExportError: if it is not installed; it says how to install it.
    """
    for name, harmless in HARMLESS.items():
        logging.getLogger(name).addFilter(harmless)  # adding it again changes nothing
    need("coremltools", to="Core ML")
    import coremltools

    return coremltools  # type: ignore[no-any-return]
