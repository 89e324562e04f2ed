"""The folders of a foreign runtime's test: images that a network is asked about, and where its files are."""

import json
import sys
from pathlib import Path

import numpy


def trained_layers(folder):
    """Names of the layers of a network that are trained further: those with weights that are not frozen."""
    return json.loads((folder / "trained.json").read_text())


def answered(answer):
    """Asks every network below the folder that was named, and prints the probabilities of all as JSON."""
    answers = {}
    for folder in sorted(path for path in Path(sys.argv[1]).iterdir() if path.is_dir()):
        shape = json.loads((folder / "shape.json").read_text())
        images = numpy.fromfile(folder / "images.bin", dtype=numpy.uint8).reshape(shape)
        answers[folder.name] = numpy.asarray(answer(folder, images)).tolist()
    print(json.dumps(answers))
