"""From a network to files, checked on the way."""
