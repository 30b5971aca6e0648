"""Trains the hair network: `python -m prink.learn.train_hair`."""

from prink.learn.hair_mask.train import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
