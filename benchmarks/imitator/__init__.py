"""How well the imitator stands in for the renderer."""
