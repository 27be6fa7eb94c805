"""The log handed out whole and checked without trust in whoever kept it (日志导出与核验)."""
