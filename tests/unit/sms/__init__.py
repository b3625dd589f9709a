"""Text messages, without Rasa."""
