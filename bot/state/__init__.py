"""What is remembered while people talk: in memory, or in Redis where several processes share it."""
