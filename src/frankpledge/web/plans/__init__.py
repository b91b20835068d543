"""Police and crime plans: what was promised, in each version, and what changed between two."""
