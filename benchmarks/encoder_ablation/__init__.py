"""What each part of the encoder's training earns."""
