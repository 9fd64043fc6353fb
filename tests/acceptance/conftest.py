"""What tests in a browser share: one Chromium, and the youth team's town behind a port."""

from tests.acceptance.browser import browser, served, served_alone
from tests.integration.web_town import lived

__all__ = ["browser", "lived", "served", "served_alone"]
