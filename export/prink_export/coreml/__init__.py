"""Core ML packages, and an interpreter that executes them without a Mac."""
