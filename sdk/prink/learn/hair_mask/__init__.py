"""The network that marks hair in a head's crop."""
