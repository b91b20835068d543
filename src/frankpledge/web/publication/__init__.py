"""What the public sees: the plan, progress on it, published measures and reports."""
