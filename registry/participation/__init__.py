"""Taking part in the work of Party organizations without an affiliation there (参加党组织活动)."""
