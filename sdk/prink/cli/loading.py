"""Libraries load undisturbed: inside their C code Ctrl-C would become another error, or be lost."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module

__all__ = ["load", "undisturbed"]


@contextmanager
def undisturbed() -> Iterator[None]:
    """Holds Ctrl-C back until the block has ended."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def load(*names: str) -> None:
    """Imports modules ahead of their use."""
    for name in names:
        with undisturbed(), suppress(ImportError):  # who needs it says what is missing
            import_module(name)
