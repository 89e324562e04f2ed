"""
Makes embedding.json beside this file: pip install scikit-learn==1.9.1, then run it.

Made-up vectors, and what scikit-learn computes from them: the first two principal components, and nearest neighbours.
Vectors are float32 `[rows, columns]`, little endian, as base64.
"""

import base64
import json
import pathlib

import numpy
import sklearn
from sklearn.decomposition import PCA
from sklearn.neighbors import NearestNeighbors

assert sklearn.__version__ == "1.9.1"
random = numpy.random.default_rng(15)


def clusters(rows, columns, classes, spread):
    """Points around some centres, not below 0, as a ReLU gives them."""
    centres = random.normal(1, 1, (classes, columns))
    return numpy.maximum(0, centres[random.integers(classes, size=rows)] + random.normal(0, spread, (rows, columns)))


def case(name, values):
    values = values.astype("float32")
    rows, columns = values.shape
    pca = PCA(n_components=2, svd_solver="full").fit(values.astype("float64"))
    points = pca.transform(values.astype("float64"))
    count = min(6, rows)
    search = NearestNeighbors(n_neighbors=count, algorithm="kd_tree").fit(values.astype("float64"))
    # A tree, because the way of "brute" rounds small distances. The distances alone: which of two equally near ones comes first is a choice.
    distances, _ = search.kneighbors(values.astype("float64"))
    return {
        "name": name,
        "rows": rows,
        "columns": columns,
        "values": base64.b64encode(numpy.ascontiguousarray(values, dtype="<f4").tobytes()).decode(),
        "x": points[:, 0].tolist(),
        "y": points[:, 1].tolist(),
        "explained": pca.explained_variance_ratio_.tolist(),
        "distances": distances.tolist(),
    }


cases = [
    case("clusters after a ReLU", clusters(90, 24, 5, 0.6)),
    case("more columns than rows", clusters(20, 60, 4, 0.5)),
    case("a flat spectrum, far from the origin", 100 + random.normal(0, 1, (60, 40))),
    case("three vectors", random.normal(0, 1, (3, 7))),
    case("two columns", random.normal(0, 1, (30, 2)) * [3, 1]),
    case("most values zero", numpy.where(random.random((40, 30)) < 0.9, 0, clusters(40, 30, 3, 0.4))),
]

target = pathlib.Path(__file__).with_suffix(".json")
target.write_text(json.dumps({"cases": cases}) + "\n")
