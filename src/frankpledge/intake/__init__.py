"""What somebody hands in, opened safely or refused with reasons, and made into plain tables."""
