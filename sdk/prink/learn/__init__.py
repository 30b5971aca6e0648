"""Training of prink's own networks, in torch; nothing at run time imports it."""
