SELECT position, peaks FROM registry.head
