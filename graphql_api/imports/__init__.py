"""Registers that exist already, taken in from files as ordinary commands (批量导入)."""
