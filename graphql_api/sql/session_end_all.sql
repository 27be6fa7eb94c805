DELETE FROM registry.session WHERE subject = $1
