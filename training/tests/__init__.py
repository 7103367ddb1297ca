"""Quick tests of the trainer."""
