"""
Makes statistics.json beside this file: pip install scipy==1.17.1 mpmath==1.3.0, then run it.

Student's t distribution, intervals of a mean and Welch's test as SciPy computes them. Tails are computed by mpmath with
400 digits, because SciPy gives 0 or 1 at the far ends; elsewhere both agree, which is asserted.
"""

import json
import pathlib

import mpmath
import numpy
import scipy
from scipy import stats

assert (scipy.__version__, mpmath.__version__) == ("1.17.1", "1.3.0")
mpmath.mp.dps = 400

FREEDOMS = [1, 1.0001, 1.5, 2, 2.7, 3, 4, 5, 9, 10, 29.3, 100, 1000, 12345.6, 1e6, 1e10]


def series(first, last, argument):
    """The hypergeometric function of first, 1 and last: the sum of its terms, which all have one sign."""
    term = total = mpmath.mpf(1)
    step = 0
    while abs(term) > mpmath.eps * abs(total):
        term *= (first + step) / (last + step) * argument
        total += term
        step += 1
    return total


def two_sided(t, freedom):
    """I_x(v / 2, 1 / 2), or 1 less the other tail where that series is the shorter one (DLMF 8.17.8)."""
    t, a, b = mpmath.mpf(t), mpmath.mpf(freedom) / 2, mpmath.mpf(1) / 2
    x, y = 2 * a / (2 * a + t * t), t * t / (2 * a + t * t)
    common = x**a * y**b * mpmath.exp(mpmath.loggamma(a + b) - mpmath.loggamma(a) - mpmath.loggamma(b))
    if y < b:
        return 1 - common / b * series(a + b, b + 1, y)
    return common / a * series(a + b, a + 1, x)


tails = []
for freedom in FREEDOMS:
    for t in [0, 1e-9, 0.01, 0.5, 1, 1.7, 1.74, 2, 2.5, 3, 5, 8, 12, 20, 30, 1e3, 1e6, 1e12, 1e100, 1e200]:
        exact = float(two_sided(t, freedom))
        if exact < 1e-290:
            continue
        theirs = float(2 * stats.t.sf(t, freedom))
        assert theirs in (0, 1) or abs(theirs / exact - 1) < 1e-12, (t, freedom)
        tails.append({"t": t, "freedom": freedom, "p": exact})

quantiles = []
for freedom in FREEDOMS:
    for p in [1e-200, 1e-50, 1e-12, 1e-5, 0.001, 0.025, 0.1, 0.3, 0.49, 0.5, 0.6, 0.9, 0.95, 0.975, 0.995, 0.9999]:
        value = float(stats.t.ppf(p, freedom))
        # SciPy's answer is taken where the tail at it is the one that was asked for.
        if p != 0.5 and numpy.isfinite(value):
            below = p if p < 0.5 else 1 - p
            back = float(two_sided(abs(value), freedom) / 2)
            if abs(back / below - 1) > 1e-10:
                continue
        quantiles.append({"p": p, "freedom": freedom, "value": value})

SAMPLES = {
    "two": [0.71, 0.72],
    "three": [0.7012, 0.7188, 0.6954],
    "five": [0.7312, 0.7258, 0.7401, 0.7333, 0.7276],
    "spread": [0.1, 0.9, 0.35, 0.62, 0.48, 0.77, 0.2],
    "equal": [0.5, 0.5, 0.5],
    "almost equal": [0.9871, 0.9871000001, 0.9871, 0.9871],
    "offset": [1e9 + 1, 1e9 + 2, 1e9 + 4, 1e9 + 7],
    "many": [round(0.5 + 0.3 * float(numpy.sin(i * 12.9898)), 6) for i in range(200)],
    "losses": [15.2, 2.31, 0.004, 1e-9],
}
samples = []
for name, values in SAMPLES.items():
    count, mean, deviation = len(values), float(numpy.mean(values)), float(numpy.std(values, ddof=1))
    low, high = (mean, mean) if deviation == 0 else stats.t.interval(0.95, count - 1, loc=mean, scale=deviation / count**0.5)
    samples.append({"name": name, "values": values, "mean": mean, "deviation": deviation,
                    "low": float(low), "high": float(high)})

tests = []
for one in SAMPLES:
    for other in SAMPLES:
        if one == other or (one == "equal" and other == "equal"):
            continue
        result = stats.ttest_ind(SAMPLES[one], SAMPLES[other], equal_var=False)
        interval = result.confidence_interval(0.95)
        tests.append({"one": one, "other": other, "t": float(result.statistic), "freedom": float(result.df),
                      "p": float(result.pvalue), "low": float(interval.low), "high": float(interval.high)})

made = {"madeBy": {"scipy": scipy.__version__, "numpy": numpy.__version__, "mpmath": mpmath.__version__},
        "tails": tails, "quantiles": quantiles, "samples": samples, "welch": tests}
(pathlib.Path(__file__).parent / "statistics.json").write_text(json.dumps(made) + "\n")
