"""Lamplight and its peers side by side: right answers, honest unknowns, time and memory."""
