from .fixtures import clients, controls, figures, folder, pytest_terminal_summary, races

__all__ = ["clients", "controls", "figures", "folder", "pytest_terminal_summary", "races"]
