"""Rules that hold between entities at every date, one a module (跨对象规则)."""
