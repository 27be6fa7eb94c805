"""Reports: each declared once, asked as a query and written as a spreadsheet (报表)."""
