"""Speed, memory and start of one frame."""
