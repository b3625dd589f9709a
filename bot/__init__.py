"""Lamplight: a retrieval-backed help chatbot that always escalates a crisis to a hotline."""
