-- What is lost of an unfinished set in a crash is built again, so nobody waits for the disk; whole indexes are sorted in
-- more memory than usual; and who erases a person knows whose work is in vain. All until the transaction ends.
SELECT
    set_config('synchronous_commit', 'off', true),
    set_config('maintenance_work_mem', '128MB', true),
    set_config('application_name', 'kexie rebuild', true)
