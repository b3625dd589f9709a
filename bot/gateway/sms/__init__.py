"""Text messages: providers, keywords, messages that fit, and no number kept."""
