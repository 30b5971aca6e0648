"""How far an artifact is from torch, and how long it takes."""
