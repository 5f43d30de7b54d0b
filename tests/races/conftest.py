from .fixtures import clients, controls, figures, folder, races

__all__ = ["clients", "controls", "figures", "folder", "races"]
