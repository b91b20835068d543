"""The base every other app stands on: acts, the append-only trail, who may see what."""
