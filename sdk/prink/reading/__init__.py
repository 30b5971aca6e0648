"""Reading a look off a photo: by a trained encoder, or by a documented estimator without any."""

from prink.reading.encoder import Encoder, ReadingError
from prink.reading.estimate import Reading
from prink.reading.reader import READERS, choose_reader, read_look

__all__ = ["READERS", "Encoder", "Reading", "ReadingError", "choose_reader", "read_look"]
