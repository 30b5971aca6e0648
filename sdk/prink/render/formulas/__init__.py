"""The formulas of `shaders/lib` in torch, file by file; what they are given is in `render/glsl`.

They see N pixels: colours `c` `(N, 3)` in linear light, planes `(N, 1)`, vectors of a shader
`(N, 2 to 4)`; what is the same for all pixels is `(3,)`, `(4,)` or a scalar, and shapes broadcast.
What the shader reads from a picture, such as `glitter()` in its `highlight()`, a twin is given as
`patch.read("highlight.glitter")`.
"""
