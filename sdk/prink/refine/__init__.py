"""A look read again, the long way: analysis by synthesis through the torch renderer."""
