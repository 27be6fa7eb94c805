SELECT id FROM membership WHERE member = ANY ($1::uuid[])
UNION
SELECT id FROM membership_past WHERE member = ANY ($1::uuid[])
