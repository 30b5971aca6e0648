"""Trains the parsing network: `python -m prink.learn.train_parse`."""

from prink.learn.parse.train import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
