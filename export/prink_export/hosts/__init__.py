"""What the host languages get: look types, names, vectors."""
