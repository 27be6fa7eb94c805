SELECT DISTINCT stream_id FROM registry.event WHERE position > $1 AND position <= $2
