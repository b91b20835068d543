"""Forces, areas, offices, panels and alliances; people and the roles they hold; forums."""
