"""Adapters to Rasa: input channel, tracker store, server, in-process assistant."""
