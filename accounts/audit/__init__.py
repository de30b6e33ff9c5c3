"""Who changed what, when, from what to what: read from the events that triggers keep."""

from accounts.audit.tracked import Tracked, tracked_model, tracked_models
from accounts.audit.trail import Page, TrailFilter, page_of_trail

__all__ = ["Page", "Tracked", "TrailFilter", "page_of_trail", "tracked_model", "tracked_models"]
