"""The registry decides and records: commands in, events out (登记: 决定与记录)."""
