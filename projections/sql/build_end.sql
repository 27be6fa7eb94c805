DROP TABLE build_task
