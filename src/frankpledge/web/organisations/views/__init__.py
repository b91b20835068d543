"""The pages of people, bodies and forums."""
