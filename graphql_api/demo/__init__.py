"""The register of Dalian's science association as data, and its loader (大连市科协示范登记)."""
