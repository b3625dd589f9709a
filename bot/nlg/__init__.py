"""Composing replies from reviewed wording."""
