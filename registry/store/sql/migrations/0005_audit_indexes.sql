-- How the log is looked through (审计索引): each by what narrows it, then in the order in which it is read.

CREATE INDEX event_actor ON registry.event (actor, position);
CREATE INDEX event_topic ON registry.event (topic, position);
CREATE INDEX event_effective ON registry.event (effective_on, position);
CREATE INDEX event_instrument ON registry.event (instrument, position) WHERE instrument IS NOT NULL;
CREATE INDEX event_corrects ON registry.event (position) WHERE corrects IS NOT NULL;
CREATE INDEX event_recorded ON registry.event (recorded_at, position);
