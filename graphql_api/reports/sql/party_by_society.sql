SELECT v.id AS society, v.name, v.code, v.organizational, v.work, v.parties AS party_organizations, v.forms
FROM covered AS v
ORDER BY v.work, v.organizational, v.pinyin, v.id
