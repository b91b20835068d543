"""Where each series is heading: the months to come with their intervals, and paths through them."""

from frankpledge.analysis.projection.project import ProjectionSettings, project

__all__ = ["ProjectionSettings", "project"]
