"""The rules and the vocabulary: frozen dataclasses and pure functions; no I/O, no clock, no async."""
