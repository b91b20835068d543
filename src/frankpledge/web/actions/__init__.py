"""The ledger: everything somebody has undertaken to do, one way to update it, one way to chase it."""
