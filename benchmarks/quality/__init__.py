"""How well looks are drawn."""
