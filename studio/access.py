"""Who may open the pages under /studio/: studio admins and the owner."""

from accounts.access import page_for
from accounts.roles import STUDIO_ADMIN

studio_view = page_for(STUDIO_ADMIN)
