"""
Makes errors.json beside this file: pip install scikit-learn==1.9.1 statsmodels==0.15.0 cleanlab==2.9.0, then run it.

Made-up logits of some classifiers, and what scikit-learn, scipy, statsmodels and cleanlab compute from them. Logits are
float32 `[images, classes]`, little endian, as base64. Of two classes the logit of one tanh neuron is stored.
"""

import base64
import json
import pathlib

import cleanlab
import numpy
import scipy
import sklearn
import statsmodels
from cleanlab.count import compute_confident_joint
from scipy.special import softmax
from scipy.stats import entropy
from sklearn.calibration import calibration_curve
from sklearn.metrics import confusion_matrix, precision_recall_fscore_support, top_k_accuracy_score
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import proportion_confint

assert (sklearn.__version__, statsmodels.__version__, cleanlab.__version__) == ("1.9.1", "0.15.0", "2.9.0")


def text(values):
    return base64.b64encode(numpy.ascontiguousarray(values, dtype="<f4").tobytes()).decode()


def calibration(right, confidence):
    """The bins that have images; scikit-learn puts what lies on an edge into the lower bin, as Guo et al. do."""
    accuracy, mean = calibration_curve(right, confidence, n_bins=15, strategy="uniform")
    edges = numpy.linspace(0, 1, 16)
    counts = numpy.bincount(numpy.searchsorted(edges[1:-1], confidence), minlength=15)
    filled = counts[counts > 0]
    error = float(numpy.sum(filled * numpy.abs(accuracy - mean)) / len(confidence))
    return {"error": error, "counts": counts.tolist(), "accuracy": accuracy.tolist(), "confidence": mean.tolist()}


def expected(labels, logits):
    classes = list(range(logits.shape[1]))
    wide = logits.astype(numpy.float64)
    shares = softmax(wide, axis=1)
    predicted = numpy.argmax(logits, axis=1)
    scores = precision_recall_fscore_support(labels, predicted, labels=classes, zero_division=0)
    macro = precision_recall_fscore_support(labels, predicted, labels=classes, average="macro", zero_division=0)
    confidence = shares.max(axis=1)
    ordered = numpy.sort(shares, axis=1)
    _, suspected = compute_confident_joint(
        labels, shares, calibrate=False, return_indices_of_off_diagonals=True
    ) if set(labels) == set(classes) else (None, None)
    return {
        "predicted": predicted.tolist(),
        "confusion": confusion_matrix(labels, predicted, labels=classes).tolist(),
        "precision": scores[0].tolist(),
        "recall": scores[1].tolist(),
        "f1": scores[2].tolist(),
        "support": scores[3].tolist(),
        "macro": [float(value) for value in macro[:3]],
        "topK": {
            str(k): float(top_k_accuracy_score(labels, wide, k=k, labels=classes))
            for k in (1, 2, 3, 5, 10)
            if k == 1 or k < len(classes)
        } if len(classes) > 2 else {},
        "confidence": confidence.tolist(),
        "margin": (ordered[:, -1] - ordered[:, -2]).tolist(),
        "entropy": entropy(shares, base=2, axis=1).tolist(),
        "calibration": calibration(predicted == labels, confidence),
        "suspected": None if suspected is None else sorted(int(image) for image in suspected),
    }


def classifier(images, classes, seed, sure, missing=(), never=()):
    """Labels and logits; no image of a class in `missing`, no answer of one in `never`; a tenth is labelled wrongly."""
    random = numpy.random.default_rng(seed)
    present = [label for label in range(classes) if label not in missing]
    truth = random.choice(present, images)
    logits = random.normal(0, 1, (images, classes))
    logits[numpy.arange(images), truth] += sure
    logits[:, list(never)] = -9.0 - numpy.arange(len(never))
    wrong = random.random(images) < 0.1
    labels = numpy.where(wrong, random.choice(present, images), truth)
    return labels, logits.astype(numpy.float32)


cases = []
for name, images, classes, seed, options in [
    ("ten", 300, 10, 1, {"sure": 2.0}),
    ("unsure", 200, 4, 2, {"sure": 0.7}),
    ("gaps", 150, 6, 3, {"sure": 1.5, "missing": (2,), "never": (2, 4)}),
    ("many", 240, 37, 4, {"sure": 3.0}),
]:
    labels, logits = classifier(images, classes, seed, **options)
    head = {"kind": "softmax", "labelSmoothing": 0}
    cases.append({"name": name, "classes": classes, "head": head, "labels": labels.tolist(), "logits": text(logits)}
                 | {"expected": expected(labels, logits)})

labels, both = classifier(120, 2, 5, sure=1.0)
neuron = ((both[:, 1] - both[:, 0]) / 2).astype(numpy.float32)
cases.append({"name": "neuron", "classes": 2, "head": {"kind": "tanh", "loss": "hinge"}, "labels": labels.tolist(),
              "logits": text(neuron), "expected": expected(labels, numpy.stack([-neuron, neuron], axis=1))})

tests = []
for one, other in [(0, 0), (1, 0), (3, 9), (12, 12), (0, 24), (12, 13), (13, 13), (10, 40), (400, 300), (900, 100)]:
    exact = one + other < 25
    result = mcnemar([[50, one], [other, 7]], exact=exact, correction=True)
    tests.append({"onlyFirst": one, "onlySecond": other, "kind": "exact" if exact else "chi-square",
                  "statistic": float(result.statistic), "p": float(result.pvalue)})

intervals = []
for correct, images in [(0, 5), (5, 5), (1, 2), (3, 10), (87, 100), (7211, 10000), (1, 10000)]:
    low, high = proportion_confint(correct, images, alpha=0.05, method="wilson")
    intervals.append({"correct": correct, "images": images, "low": float(low), "high": float(high)})

made_by = {"scikit-learn": sklearn.__version__, "statsmodels": statsmodels.__version__,
           "cleanlab": cleanlab.__version__, "scipy": scipy.__version__, "numpy": numpy.__version__}
made = {"madeBy": made_by, "cases": cases, "mcnemar": tests, "wilson": intervals}
(pathlib.Path(__file__).parent / "errors.json").write_text(json.dumps(made) + "\n")
