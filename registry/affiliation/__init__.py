"""Party affiliations of people: where one's 组织关系 is, and how it moves (党员组织关系)."""
