"""Artifacts beside each converter's defaults."""
