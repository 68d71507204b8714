"""The words: normalise, segment, classify, recognise intents, numbers and dates. Gives codes and data, never sentences."""
