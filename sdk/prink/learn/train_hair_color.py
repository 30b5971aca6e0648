"""Trains the hair part of the encoder: `python -m prink.learn.train_hair_color`."""

from prink.learn.hair_color.train import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
