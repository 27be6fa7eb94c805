"""Corrections: history is never edited, it is amended or retracted (更正: 修订与撤回)."""
