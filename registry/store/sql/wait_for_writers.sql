-- Whoever records holds this row to the end of its commit: once it is ours, nobody is between making a key and writing it.
SELECT FROM registry.head FOR UPDATE
