SELECT level, index, hashes FROM registry.tile ORDER BY level, index
