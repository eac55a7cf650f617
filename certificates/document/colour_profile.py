"""What the colours of a page mean: sRGB, as an ICC profile (ISO 19005-3, 6.2.3)."""

from functools import cache
from typing import Final

from PIL import ImageCms

_ICC_DATE: Final = slice(24, 36)
_ICC_ID: Final = slice(84, 100)
_FIXED_ICC_DATE: Final = bytes.fromhex("07d0 0001 0001 0000 0000 0000")


@cache
def srgb_profile() -> bytes:
    """Return an sRGB ICC profile that is the same on every day.

    The library writes the present moment into the header (ICC.1, 7.2.8); a fixed date stands there
    instead, or two runs would never give the same file.
    """
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[_ICC_DATE] = _FIXED_ICC_DATE
    profile[_ICC_ID] = bytes(16)
    return bytes(profile)
