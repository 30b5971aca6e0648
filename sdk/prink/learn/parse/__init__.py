"""The network that says what every pixel of a head is."""
