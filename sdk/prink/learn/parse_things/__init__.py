"""Things that may be before a head, to lay on to a crop."""
