"""The upper storey: one Django project in which plan, actions and measures are kept and shown."""
