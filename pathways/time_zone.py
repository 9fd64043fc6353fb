"""Finland's time, by the rules of the pinned `tzdata` package rather than those of whatever machine this runs on."""

import zoneinfo
from importlib import metadata

# The machine's own copy of the rules would be preferred otherwise, and two machines could compute two due instants
# for one promise. A zone that was loaded before this line came from that copy, so the cache goes too.
zoneinfo.reset_tzpath([])
zoneinfo.ZoneInfo.clear_cache()

HELSINKI = zoneinfo.ZoneInfo("Europe/Helsinki")


def tzdata_version() -> str:
    """Name the edition of the rules, so that an explanation of a due instant can say by which it was computed."""
    return metadata.version("tzdata")
