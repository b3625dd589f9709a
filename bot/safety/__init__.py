"""What must work when all else fails: no Rasa and no numpy in here."""
