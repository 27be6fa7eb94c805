"""Terms: how long a board or committee sits, and when it really ended (届)."""
