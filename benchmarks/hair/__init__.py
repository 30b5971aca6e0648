"""How well hair is found and coloured."""
