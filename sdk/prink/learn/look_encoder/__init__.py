"""The network that reads a look off a face atlas: teacher, student, their losses and scores."""
