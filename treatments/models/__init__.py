from .guidance import Guidance
from .menu import AREAS, Length, TherapistTreatment, Treatment
from .reminder_step import ReminderStep

__all__ = ["AREAS", "Guidance", "Length", "ReminderStep", "TherapistTreatment", "Treatment"]
