-- Says to the trigger, for this transaction alone, from when on entries are kept.
SELECT set_config('kexie.access_kept_since', $1, true)
