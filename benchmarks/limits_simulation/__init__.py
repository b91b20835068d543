"""The simulation behind `docs/methods/limits.md`: quiet series, steps, packs and real figures."""
