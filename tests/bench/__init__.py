"""What is measured is what it says, and the same for the same seed."""
