"""What pages about actions show."""
