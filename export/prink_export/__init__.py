"""Carries prink's parameters, shaders and models to other platforms."""
