"""Packs a folder as one archive, the same bytes for the same files.

Usage: writeArchive.py FOLDER FILE PROGRAM... The ending of FILE says the kind: .tar.gz or .zip. PROGRAM names a file of
the folder that may be executed. Uses Python's standard library alone, which writes zip files larger than memory.
"""

from __future__ import annotations

import gzip
import os
import shutil
import sys
import tarfile
import zipfile

# A fixed time, so that an archive depends on its files alone. It is the oldest one that a zip can state.
TIME = (1980, 1, 1, 0, 0, 0)
SECONDS = 315532800


def files_of(folder: str) -> list[tuple[str, str]]:
    """All files with their names in the archive, which begin with the folder's own name."""
    top = os.path.basename(os.path.normpath(folder))
    found = []
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in names:
            path = os.path.join(place, name)
            found.append((path, top + "/" + os.path.relpath(path, folder).replace(os.sep, "/")))
    return sorted(found, key=lambda each: each[1])


def write_tar(file: str, files: list[tuple[str, str]], mode_of) -> None:
    with open(file, "wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed:
        with tarfile.open(mode="w", fileobj=packed, format=tarfile.PAX_FORMAT) as archive:
            for path, name in files:
                entry = tarfile.TarInfo(name)
                entry.size = os.path.getsize(path)
                entry.mode = mode_of(path)
                entry.mtime = SECONDS
                with open(path, "rb") as content:
                    archive.addfile(entry, content)


def write_zip(file: str, files: list[tuple[str, str]], mode_of) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path, name in files:
            entry = zipfile.ZipInfo(name, TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o100000 | mode_of(path)) << 16
            entry.file_size = os.path.getsize(path)
            with open(path, "rb") as content, archive.open(entry, "w") as sink:
                shutil.copyfileobj(content, sink, 1 << 20)


def main(folder: str, file: str, programs: list[str]) -> None:
    may_run = {os.path.join(folder, *program.split("/")) for program in programs}
    mode_of = lambda path: 0o755 if path in may_run else 0o644
    write = write_zip if file.endswith(".zip") else write_tar
    write(file, files_of(folder), mode_of)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
