"""How well hair colours are read."""
