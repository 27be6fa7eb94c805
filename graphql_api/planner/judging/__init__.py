"""Composition rules judged: rules are read as data, then compiled into one statement (规则判定编译)."""
