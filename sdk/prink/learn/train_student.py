"""Distils the teacher into the encoder for phones: `python -m prink.learn.train_student`."""

from prink.learn.look_encoder.train_student import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
