SELECT to_regclass('registry.migration') IS NOT NULL
