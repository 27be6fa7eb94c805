"""The log and the PostgreSQL under it (存储)."""
