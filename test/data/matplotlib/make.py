"""Makes colours.json beside this file with matplotlib 3.11: pip install matplotlib==3.11.2, then run it."""

import json
import pathlib

import matplotlib
import numpy
from matplotlib.colors import Normalize

assert matplotlib.__version__.startswith("3.11."), matplotlib.__version__

LOW, HIGH = -0.4375, 0.8125
VALUES = numpy.random.default_rng(1).uniform(-1, 1, 200)
VALUES = numpy.concatenate([VALUES, [-1, -0.5, -1e-9, 0, 1e-9, 0.5, 1, LOW, HIGH]])


def drawn(name, low, high):
    """The colours in which imshow draws the values, from `low` to `high`."""
    return matplotlib.colormaps[name](Normalize(low, high)(VALUES), bytes=True)[:, :3].tolist()


def table(name):
    """All colours of the map."""
    return matplotlib.colormaps[name](numpy.arange(256), bytes=True)[:, :3].tolist()


result = {
    "source": f"matplotlib {matplotlib.__version__}",
    "tables": {name: table(name) for name in ("seismic", "binary")},
    "values": VALUES.tolist(),
    "drawn": [
        {"map": name, "low": low, "high": high, "colours": drawn(name, low, high)}
        for name in ("seismic", "binary")
        for low, high in ((-1, 1), (LOW, HIGH))
    ],
}
pathlib.Path(__file__).with_name("colours.json").write_text(json.dumps(result) + "\n")
