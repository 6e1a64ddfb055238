"""The benches measure what they name, on instances that are the same for the same seed."""
