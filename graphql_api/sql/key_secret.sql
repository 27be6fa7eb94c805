SELECT value FROM registry.secret WHERE name = 'api key'
