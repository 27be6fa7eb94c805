position('"personal":'::bytea IN {t}.body) > 0
