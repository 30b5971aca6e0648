"""What is painted and what is not: lips, eyes, hair, and whatever is before them."""
