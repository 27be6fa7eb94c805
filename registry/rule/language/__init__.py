"""Whom a rule counts, said in a small language that is judged in Python and in SQL (规则条件语言)."""
