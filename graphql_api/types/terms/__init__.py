"""How the enumerations of each noun are shown: ``SHOWN`` and, for each value, ``TERMS`` (枚举用语)."""
