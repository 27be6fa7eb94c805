"""Commands proposed by some and approved by others (报送与审批)."""
