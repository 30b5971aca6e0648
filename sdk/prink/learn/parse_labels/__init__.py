"""What is known of a portrait's pixels, from sources that must agree."""
