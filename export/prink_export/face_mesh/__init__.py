"""The region mesh and its lookup pictures, made from MediaPipe's canonical topology."""
