"""The network that reads hair colour off the hair patch of the atlas."""
