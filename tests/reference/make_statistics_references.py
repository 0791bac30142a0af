"""Writes statistics/statistics.json: what SciPy and NumPy make of some numbers, that tinymlp's statistics are compared
with.

    /usr/bin/python3 tests/reference/make_statistics_references.py

It needs SciPy, is run once by hand (written with SciPy 1.10, NumPy 1.24), and its output is checked in:
- quantiles: numpy.quantile, method "linear".
- t_probabilities: scipy.stats.t.cdf. t_quantiles: where that is p, by bisection, for scipy.stats.t.ppf is wrong from
  the ninth digit on.
- intervals: the mean, and scipy.stats.sem times such a quantile.
- signed_rank: SciPy's test where it is exact, for pairs without ties or zeros ("scipy exact"); SciPy's approximation
  with Pratt's method, with ties and zeros ("scipy normal"); and, since SciPy's exact test knows no ties, the share of
  all 2^n signs that give ranks at least as far out, counted one by one ("all signs"), the ranks by scipy.stats.rankdata.
"""

import itertools
import json
import os

import numpy
from scipy import stats

random = numpy.random.default_rng(7)


def t_quantile(p, n):
    low, high = -1e12, 1e12
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if stats.t.cdf(middle, n) < p else (low, middle)
    return high


def count_signs(a, b):
    """The two-sided probability of Pratt's method, over all signs."""
    d = numpy.asarray(a) - numpy.asarray(b)
    ranks = stats.rankdata(numpy.abs(d))[d != 0]
    seen = ranks[d[d != 0] > 0].sum()
    middle = ranks.sum() / 2
    sums = [sum(r for r, s in zip(ranks, signs) if s) for signs in itertools.product([0, 1], repeat=len(ranks))]
    return float(numpy.mean([abs(x - middle) >= abs(seen - middle) - 1e-9 for x in sums])), ranks, seen


def signed_rank_cases():
    cases = []
    for n in [1, 2, 5, 8, 13, 20, 24]:  # no ties
        a, b = random.normal(0.4, 1, n).round(6), random.normal(0, 1, n).round(6)
        cases.append(("scipy exact", a, b, stats.wilcoxon(a, b, mode="exact").pvalue))
    for n in [3, 6, 9, 12, 14]:  # ties and zeros: sixteenths
        a, b = random.integers(0, 8, n) / 16, random.integers(0, 6, n) / 16
        cases.append(("all signs", a, b, count_signs(a, b)[0]))
    cases.append(("all signs", numpy.ones(9), numpy.ones(9) * numpy.array([1, 1, 1, 1, 1, 1, 1, 1, 0.5]), 1.0))
    for n in [25, 30, 57, 200]:
        for shift in [0, 2]:
            a, b = random.integers(0, 40, n) / 64, (random.integers(0, 40, n) - shift) / 64
            p = stats.wilcoxon(a, b, mode="approx", zero_method="pratt", correction=False).pvalue
            cases.append(("scipy normal", a, b, p))
    # Darwin's maize (Fisher, "The Design of Experiments", 1935, chapter 3), crossed and self-fertilized, in inches.
    crossed = numpy.array([23.5, 12, 21, 22, 19.125, 21.5, 22.125, 20.375, 18.25, 21.625, 23.25, 21, 22.125, 23, 12])
    selfed = numpy.array([17.375, 20.375, 20, 20, 18.375, 18.625, 18.625, 15.25, 16.5, 18, 16.25, 18, 12.75, 15.5, 18])
    cases.append(("all signs", crossed, selfed, count_signs(crossed, selfed)[0]))
    result = []
    for kind, a, b, p in cases:
        d = a - b
        ranks = stats.rankdata(numpy.abs(d))
        result.append({"kind": kind, "a": list(map(float, a)), "b": list(map(float, b)), "p": float(p),
                       "positive": float(ranks[d > 0].sum()), "negative": float(ranks[d < 0].sum()),
                       "zeros": int((d == 0).sum())})
    return result


def main():
    numbers = [random.normal(3, 2, n).round(4).tolist() for n in [2, 3, 8, 21]] + [[1.5, 1.5, 1.5, 2.0]]
    shares = [0, 0.05, 0.25, 0.5, 0.75, 0.9, 1]
    values = {
        "quantiles": [{"values": v, "p": p, "quantile": float(numpy.quantile(v, p))} for v in numbers for p in shares],
        "t_quantiles": [{"p": p, "degrees": n, "t": t_quantile(p, n)}
                        for n in [1, 2, 3, 4.5, 9, 19, 30, 199, 10000] for p in [1e-6, 0.025, 0.3, 0.5, 0.9, 0.975, 0.995]],
        "t_probabilities": [{"t": t, "degrees": n, "p": float(stats.t.cdf(t, n))}
                            for n in [1, 2, 7, 19, 250] for t in [-40, -3, -0.5, 0, 0.01, 1, 2.1, 8]],
        "intervals": [{"values": v, "confidence": c, "mean": float(numpy.mean(v)),
                       "half_width": float(stats.sem(v)) * t_quantile((1 + c) / 2, len(v) - 1)}
                      for v in numbers for c in [0.5, 0.95, 0.99]],
        "signed_rank": signed_rank_cases(),
    }
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "statistics")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "statistics.json"), "w", encoding="utf-8") as file:
        file.write("{" + ",\n".join(
            f'"{name}": [\n' + ",\n".join(json.dumps(case) for case in cases) + "]" for name, cases in values.items()
        ) + "}\n")


main()
