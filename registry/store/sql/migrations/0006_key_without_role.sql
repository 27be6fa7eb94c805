-- A key may come without a role of its own: what it may do is then what grants say, and they are on a subtree.

ALTER TABLE registry.api_key DROP CONSTRAINT api_key_role_check;
ALTER TABLE registry.api_key ADD CONSTRAINT api_key_role_check
    CHECK (role IN ('PUBLIC', 'VIEWER', 'REGISTRAR', 'AUDITOR', 'ADMINISTRATOR'));
