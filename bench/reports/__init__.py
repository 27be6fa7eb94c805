"""Reports and rules on a generated city, beside statements written by hand (报表基准)."""
