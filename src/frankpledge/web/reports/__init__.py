"""Performance reports: built in the background, published, rebuilt exactly as they were."""
