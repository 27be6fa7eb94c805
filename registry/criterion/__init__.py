"""Criteria: named, dated definitions that rules count by, such as front-line (统计口径)."""
