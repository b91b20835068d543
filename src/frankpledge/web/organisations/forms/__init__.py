"""What people fill in about themselves, their bodies and each other."""
