-- What remains to be done for a set (重建任务): it lies in the set's own schema and goes with it.
CREATE TABLE build_task (
    place   integer PRIMARY KEY,
    stage   integer NOT NULL,
    made    text,
    first   uuid,
    until   uuid,
    events  bigint  NOT NULL DEFAULT 0,
    done    boolean NOT NULL DEFAULT false,
    CHECK (num_nonnulls(made, first) = 1),
    CHECK (num_nulls(first, until) IN (0, 2))
);
CREATE INDEX build_task_open ON build_task (stage, place) WHERE NOT done
