SELECT position FROM registry.head FOR UPDATE
