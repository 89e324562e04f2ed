"""What SciPy says of groups and pairs of numbers, for test/core/sweep/settingEffects.test.ts.

Writes effects.json beside itself. Run with SciPy and NumPy installed:
    python3 effects.py
"""

import json
from pathlib import Path

import numpy
import scipy
from scipy import stats

random = numpy.random.default_rng(17)


def groups(means, sizes, deviation):
    return [(mean + deviation * random.standard_normal(size)).tolist() for mean, size in zip(means, sizes)]


analyses = []
for means, sizes, deviation in [
    ([0.5, 0.6, 0.7], [5, 5, 5], 0.05),
    ([0.5, 0.5], [3, 9], 0.1),
    ([0.1, 0.9, 0.5, 0.4], [2, 7, 4, 3], 0.001),
    ([0.5, 0.5, 0.5], [20, 20, 20], 0.2),
]:
    given = groups(means, sizes, deviation)
    flat = numpy.concatenate(given)

    def statistic(*parts):
        return stats.f_oneway(*parts).statistic

    shuffled = stats.permutation_test(
        given, statistic, permutation_type="independent", alternative="greater", n_resamples=99_999, rng=3
    )
    between = sum(len(group) * (numpy.mean(group) - flat.mean()) ** 2 for group in given)
    total = ((flat - flat.mean()) ** 2).sum()
    error = (total - between) / (len(flat) - len(given))
    analyses.append(
        {
            "groups": given,
            "f": stats.f_oneway(*given).statistic,
            "share": max(0.0, (between - (len(given) - 1) * error) / total),
            "p": shuffled.pvalue,
        }
    )

correlations = []
for size, ties in [(6, False), (25, False), (25, True), (200, True)]:
    one = random.standard_normal(size)
    other = 0.5 * one + random.standard_normal(size)
    if ties:
        one, other = one.round(0), other.round(0)
    correlations.append(
        {"one": one.tolist(), "other": other.tolist(), "correlation": stats.spearmanr(one, other).statistic}
    )

Path(__file__).with_suffix(".json").write_text(
    json.dumps(
        {
            "scipy": scipy.__version__,
            "numpy": numpy.__version__,
            "analyses": analyses,
            "correlations": correlations,
        }
    )
    + "\n"
)
