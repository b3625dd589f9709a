"""Rasa graph components, in pipeline order: featurizer, intents, retriever, crisis gate."""
