DELETE FROM registry.access WHERE recorded_at < current_setting('kexie.access_kept_since')::timestamptz
