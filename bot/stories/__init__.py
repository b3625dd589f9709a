"""Dialogue stories: Rasa's test format, played through the whole bot with expectations of our own."""
