"""The illustrative crowd: people whom nobody is, generated the same everywhere (示例人群)."""
