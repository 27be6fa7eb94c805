"""Memberships: a person in a society or association, an organization as 团体会员 or 单位会员 (会员资格)."""
