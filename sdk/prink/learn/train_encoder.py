"""Trains the teacher that reads looks: `python -m prink.learn.train_encoder`."""

from prink.learn.look_encoder.train import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
