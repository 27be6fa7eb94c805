"""Registers written out whole, at any date and belief, as they would be imported (登记导出)."""
