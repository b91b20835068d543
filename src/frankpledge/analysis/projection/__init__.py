"""Where each series is heading: the months to come with their intervals, and paths through them."""

from frankpledge.analysis.projection.history import HistorySettings
from frankpledge.analysis.projection.project import PROJECTION, ProjectionSettings, project

__all__ = ["PROJECTION", "HistorySettings", "ProjectionSettings", "project"]
