"""Reading a look off a photo: a documented estimator without any network."""

from prink.reading.estimate import Reading, read_look

__all__ = ["Reading", "read_look"]
