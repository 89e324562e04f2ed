"""Takes files out of a wheel.

Usage: unpackWheel.py WHEEL FOLDER FROM=TO ... The member FROM goes into the folder as TO. Where FROM ends with / or .,
every member whose name begins so goes there, with TO in place of FROM. Uses Python's standard library alone.
"""

from __future__ import annotations

import os
import shutil
import sys
import zipfile


def target(name: str, taken: list[tuple[str, str]]) -> str | None:
    """Where a member goes, relative to the folder; None if it is not needed."""
    if name.endswith("/") or ".." in name.split("/"):
        return None
    for start, place in taken:
        if name == start or (start[-1] in "/." and name.startswith(start)):
            return place + name[len(start):]
    return None


def long_path(path: str) -> str:
    """The path in the form that Windows does not limit to 260 characters."""
    path = os.path.abspath(path)
    return "\\\\?\\" + path if os.name == "nt" and not path.startswith("\\\\") else path


def main(wheel: str, folder: str, taken: list[tuple[str, str]]) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.infolist():
            place = target(member.filename, taken)
            if place is None:
                continue
            path = os.path.join(long_path(folder), *place.split("/"))
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with archive.open(member) as source, open(path, "wb") as sink:
                shutil.copyfileobj(source, sink, 1 << 20)
            if member.external_attr >> 16 & 0o111:
                os.chmod(path, 0o755)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], [tuple(pair.split("=", 1)) for pair in sys.argv[3:]])
