"""Instruments: the documents that decide things (文件)."""
