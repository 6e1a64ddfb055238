"""What is measured, and on which instances."""
