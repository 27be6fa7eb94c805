"""Reports: the statement of each beside one written by hand that gives the same answer (报表基准)."""
