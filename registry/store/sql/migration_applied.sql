SELECT number, name, sha256, applied_at FROM registry.migration ORDER BY number
