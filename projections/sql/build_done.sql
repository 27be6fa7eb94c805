UPDATE build_task SET done = true WHERE place = $1
