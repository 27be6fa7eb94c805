"""What data files may say, noun by noun (登记资料)."""
