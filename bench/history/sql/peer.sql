-- What the scripts of pgbench need on a copy of the register: positions after those that there are, eleven a command.
CREATE SEQUENCE registry.bench_position INCREMENT BY 11;
SELECT setval('registry.bench_position', (SELECT position FROM registry.head));
