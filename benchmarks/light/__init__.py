"""How well the light on a face is told."""
