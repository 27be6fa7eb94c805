"""What can be asked, noun by noun, and what it maps to (查询类型)."""
