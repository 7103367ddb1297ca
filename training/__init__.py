"""The TrOMR trainer and exporter."""
