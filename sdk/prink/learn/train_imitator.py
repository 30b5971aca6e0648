"""Trains the imitator of the renderer: `python -m prink.learn.train_imitator`."""

from prink.learn.imitator.train import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
