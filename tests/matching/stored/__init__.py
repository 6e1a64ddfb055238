"""What is packed comes back as it was, and the same input gives the same bytes."""
