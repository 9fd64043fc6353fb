"""What tests of the pages share: the youth team's town, lived once for all of them."""

from tests.integration.web_town import lived, town, unchanged

__all__ = ["lived", "town", "unchanged"]
