"""Encoder, passage index and knowledge, without Rasa."""
