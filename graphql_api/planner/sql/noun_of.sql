split_part((SELECT e.topic FROM registry.event AS e WHERE e.stream_id = {id} AND e.version = 1), '.', 1)
