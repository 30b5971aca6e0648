"""What the formulas are given, in torch: GLSL's own functions, colour, the look, what is flat.

Shapes are those of `prink.render.formulas`: pixels first, a shader's vector last.
"""
