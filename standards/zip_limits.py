"""Look into a zip archive before anything opens it: how much comes out, and is it whole?"""

import zipfile
import zlib
from io import BytesIO

from standards.errors import UnreadableFile

UNPACKED_LIMIT = 100 * 1024 * 1024
"""Most bytes that an archive may hold once unpacked."""
RATIO_LIMIT = 250
"""Most bytes unpacked for each byte packed, over the whole archive; sheets stay under 60."""
RATIO_FREE = 4 * 1024 * 1024
"""Archives that unpack to less are small enough for any ratio."""
_CHUNK = 1024 * 1024
_ENCRYPTED_FLAG = 0x1


def check_zip(data: bytes, *, name: str) -> None:
    """Return if the archive keeps the limits and every member's check sum is right.

    Raises:
        UnreadableFile: ``unpacked-too-large``, ``encrypted-file`` or ``damaged-file``.

    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            _check_sizes(members, packed=len(data), name=name)
            for member in members:
                # Sizes in the directory are claims; reading stops at them and checks the sum.
                with archive.open(member) as stream:
                    while stream.read(_CHUNK):
                        pass
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError) as error:
        raise UnreadableFile("damaged-file", file=name) from error
    except (NotImplementedError, RuntimeError, LookupError) as error:
        raise UnreadableFile("damaged-file", file=name) from error


def _check_sizes(members: list[zipfile.ZipInfo], *, packed: int, name: str) -> None:
    unpacked = sum(member.file_size for member in members)
    if unpacked > UNPACKED_LIMIT or (unpacked > RATIO_FREE and unpacked > RATIO_LIMIT * packed):
        raise UnreadableFile("unpacked-too-large", file=name, limit=UNPACKED_LIMIT)
    if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
        raise UnreadableFile("encrypted-file", file=name)
