"""Figures: counts reported where individuals are not kept (上报数据)."""
