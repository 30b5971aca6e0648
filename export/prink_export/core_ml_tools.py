"""coremltools, imported without its harmless complaints."""

import logging
from types import ModuleType

from prink_export.packages import need

__all__ = ["core_ml_tools"]


class Harmless(logging.Filter):
    """Drops what coremltools says on every import beside a newer torch or away from a Mac."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Returns whether a record is said."""
        said = record.getMessage()
        newer_torch = said.startswith("Torch version") and "has not been tested with" in said
        no_mac = said.startswith("Failed to load _ML") and "libcoremlpython" in said
        return not (newer_torch or no_mac)


HARMLESS = Harmless()


def core_ml_tools() -> ModuleType:
    """Returns the package.

    Raises:
        ExportError: if it is not installed; it says how to install it.
    """
    logging.getLogger("coremltools").addFilter(HARMLESS)  # adding it again changes nothing
    need("coremltools", to="Core ML")
    import coremltools

    return coremltools  # type: ignore[no-any-return]
