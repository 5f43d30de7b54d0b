"""The stage that browser tests play on: a studio open day and night, and what each page needs to show something."""

from tests.browser.stage.open import TYPED as TYPED
from tests.browser.stage.open import open_studio as open_studio
from tests.browser.stage.studio import StudioPages


class Stage(StudioPages):
    """Everything that the pages of the site need."""
