"""Programmes: plans of action that organizations are enrolled in (计划, 如学会能力提升计划)."""
