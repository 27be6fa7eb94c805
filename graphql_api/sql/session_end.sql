DELETE FROM registry.session WHERE digest = $1
