"""What the program is held against: small problems, solved with Python alone."""
import math


def solve(a, b):
    """x of a x = b, by elimination."""
    n = len(b)
    rows = [list(row) + [v] for row, v in zip(a, b)]
    for i in range(n):
        best = max(range(i, n), key=lambda k: abs(rows[k][i]))
        rows[i], rows[best] = rows[best], rows[i]
        for k in range(n):
            if k != i:
                factor = rows[k][i] / rows[i][i]
                rows[k] = [u - factor * v for u, v in zip(rows[k], rows[i])]
    return [rows[i][n] / rows[i][i] for i in range(n)]


def with_one(x):
    return [list(row) + [1.0] for row in x]


def weighted_least_squares(x, t, weights):
    n = len(x[0])
    a = [[sum(w * row[i] * row[j] for w, row in zip(weights, x)) for j in range(n)] for i in range(n)]
    return solve(a, [sum(w * row[i] * v for w, row, v in zip(weights, x, t)) for i in range(n)])


def dot(u, v):
    return sum(a * b for a, b in zip(u, v))


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def least_squares(x, t):
    """Weights, the last for the bias."""
    return weighted_least_squares(with_one(x), t, [1] * len(t))


def best_mse(x, t):
    w = least_squares(x, t)
    return mean((dot(row, w) - v) ** 2 for row, v in zip(with_one(x), t))


def logistic_regression(x, t):
    """Weights, the last for the bias; by Newton's method, for classes that no line separates."""
    rows, w = with_one(x), [0.0] * (len(x[0]) + 1)
    for _ in range(50):
        p = [1 / (1 + math.exp(-dot(r, w))) for r in rows]
        gradient = [sum((a - b) * r[i] for a, b, r in zip(p, t, rows)) for i in range(len(w))]
        hessian = [[sum(a * (1 - a) * r[i] * r[j] for a, r in zip(p, rows)) for j in range(len(w))] for i in range(len(w))]
        w = [u - v for u, v in zip(w, solve(hessian, gradient))]
    return w


def best_bce(x, t):
    w = logistic_regression(x, t)
    return mean(math.log1p(math.exp(dot(r, w))) - b * dot(r, w) for r, b in zip(with_one(x), t))
