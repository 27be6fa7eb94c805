"""Composition rules: who is counted, what share is asked for, and how it is judged (结构比例规则)."""
