"""The formulas of `shaders/lib` in torch, file by file."""
