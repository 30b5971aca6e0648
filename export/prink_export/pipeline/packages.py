"""Converter packages that may be missing."""

from importlib.util import find_spec

from prink_export.network import ExportError

__all__ = ["need"]


def need(*packages: str, to: str) -> None:
    """Checks that packages can be imported.

    Raises:
        ExportError: naming the missing ones and how to install them.
    """
    missing = [each for each in packages if find_spec(each) is None]
    if missing:
        raise ExportError(
            f"{to} needs {' and '.join(each.replace('_', '-') for each in missing)}:"
            " pip install 'prink[export]'"
        )
