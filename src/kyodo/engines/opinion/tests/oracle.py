"""The polis method once more: dense, slow, with loops, written from the specification to be compared with.

Nothing of the engine is used but the form of its result.
"""

from __future__ import annotations

import math

import numpy as np

SURE = 1.2815515655446004


def expected(rows, rejected, statements):
    """The result for rows (participant, statement, vote); ids are decimal numbers."""
    last = {(person, statement): vote for person, statement, vote in rows}
    people = sorted({person for person, _statement in last}, key=int)
    columns = sorted({statement for _person, statement in last}, key=int)
    raw = np.array([[last.get((person, column), np.nan) for column in columns] for person in people])
    out = np.array([int(column) in rejected for column in columns])
    filled = raw.copy()
    filled[:, out] = 0.0
    points, shares = _place(filled)
    included = [i for i in range(len(people)) if np.isfinite(raw[i]).sum() >= min(7, len(columns))]
    k, labels = _grouped(points[included])
    groups = []
    for g in range(k):
        members = [i for i, label in zip(included, labels, strict=True) if label == g]
        rest = [i for i, label in zip(included, labels, strict=True) if label != g]
        groups.append({"size": len(members), "representative": _representative(raw, members, rest, columns, out)})
    label_of = dict(zip(included, labels, strict=True))
    return {
        "n_participants": len(people),
        "n_included": len(included),
        "n_statements": int((~out).sum()),
        "k": k,
        "explained_variance": shares,
        "participants": [
            {"id": person, "group": label_of.get(i), "x": points[i, 0], "y": points[i, 1]}
            for i, person in enumerate(people)
        ],
        "groups": groups,
        "consensus": _consensus(raw, columns, out),
    }


def _place(filled):
    seen = np.isfinite(filled).sum(axis=1)
    centred = np.where(np.isfinite(filled), filled - np.nanmean(filled, axis=0), 0.0)
    _left, lengths, axes = np.linalg.svd(centred, full_matrices=False)
    for axis in axes:
        if axis[np.argmax(np.abs(axis))] < 0:
            axis *= -1
    scale = np.sqrt(filled.shape[1] / np.maximum(1, seen))
    return (centred @ axes[:2].T) * scale[:, None], (lengths[:2] ** 2 / (lengths**2).sum()).tolist()


def _grouped(points):
    best: tuple[float, int, list[int]] = (-2.0, 0, [])
    distinct = sorted(set(map(tuple, points.round(12).tolist())))
    for k in range(2, min(5, 2 + len(points) // 12) + 1):
        labels = _lloyd(points, [np.array(point) for point in distinct[:k]])
        value = _silhouette(points, labels)
        if value > best[0] + 1e-12:
            best = (value, k, labels)
    return best[1], best[2]


def _lloyd(points, centres):
    limit = 1e-4 * points.var(axis=0).mean()
    labels = None
    for _round in range(300):
        found = [min(range(len(centres)), key=lambda c: ((p - centres[c]) ** 2).sum()) for p in points]
        if found == labels:
            return labels
        labels = found
        moved = [points[[i for i, label in enumerate(labels) if label == c]].mean(axis=0) for c in range(len(centres))]
        shift = sum(((a - b) ** 2).sum() for a, b in zip(moved, centres, strict=True))
        centres = moved
        if shift <= limit:
            break
    return [min(range(len(centres)), key=lambda c: ((p - centres[c]) ** 2).sum()) for p in points]


def _silhouette(points, labels):
    values = []
    for i, own in enumerate(labels):
        means = {}
        for c in set(labels):
            near = [j for j, label in enumerate(labels) if label == c and j != i]
            if near:
                means[c] = np.mean([math.dist(points[i], points[j]) for j in near])
        if own not in means or len(means) < 2:
            values.append(0.0)
            continue
        a, b = means[own], min(value for c, value in means.items() if c != own)
        values.append((b - a) / max(a, b) if max(a, b) else 0.0)
    return float(np.mean(values))


def _counts(raw, rows, column):
    votes = [raw[i, column] for i in rows if np.isfinite(raw[i, column])]
    return len(votes), {"agree": votes.count(1.0), "disagree": votes.count(-1.0)}


def _numbers(raw, members, rest, column, direction):
    n, said = _counts(raw, members, column)
    m, others = _counts(raw, rest, column)
    a, b = said[direction], others[direction]
    p, q = (a + 1) / (n + 2), (b + 1) / (m + 2)
    h = (a + b + 2) / (n + m + 2)
    z = (
        0.0
        if h == 1
        else ((a + 1) / (n + 1) - (b + 1) / (m + 1)) / math.sqrt(h * (1 - h) * (1 / (n + 1) + 1 / (m + 1)))
    )
    return {
        "direction": direction,
        "successes": a,
        "trials": n,
        "probability": p,
        "probability_z": 2 * math.sqrt(n + 1) * ((a + 1) / (n + 1) - 0.5),
        "representativeness": p / q,
        "representativeness_z": z,
    }


def _worth(x):
    return x["representativeness"] * x["representativeness_z"] * x["probability"] * x["probability_z"]


def _significant(x):
    return x["probability_z"] > SURE and x["representativeness_z"] > SURE


def _representative(raw, members, rest, columns, out):
    table = []
    for column, name in enumerate(columns):
        if not out[column]:
            yes, no = (_numbers(raw, members, rest, column, way) for way in ("agree", "disagree"))
            turned = yes if yes["representativeness_z"] > no["representativeness_z"] else no
            table.append({"name": name, "yes": yes, "no": no, "turned": {"statement": name, **turned}})
    strong = [row for row in table if _significant(row["yes"]) or _significant(row["no"])]
    strong.sort(key=lambda row: -_worth(row["turned"]))
    held = None
    for row in table:
        yes = row["yes"]
        if not yes["successes"] and not row["no"]["successes"]:
            continue
        if held is None:
            take = yes["probability_z"] > SURE or (yes["representativeness"] > 1 and yes["probability"] > 0.5)
        elif held["yes"]["representativeness"] > 1:
            take = _worth(yes) > _worth(held["yes"])
        else:
            mine = yes["probability"] * yes["probability_z"]
            take = mine > held["yes"]["probability"] * held["yes"]["probability_z"]
        if take:
            held = row
    if held is None:
        if strong:
            return []
        held = max(table, key=lambda row: max(row["yes"]["representativeness_z"], row["no"]["representativeness_z"]))
    chosen = [held, *(row for row in strong if row is not held)][:5]
    return sorted((row["turned"] for row in chosen), key=lambda each: each["direction"] != "agree")


def _consensus(raw, columns, out):
    found = []
    for way in ("agree", "disagree"):
        ranked = []
        for column, name in enumerate(columns):
            n, said = _counts(raw, range(len(raw)), column)
            p = (said[way] + 1) / (n + 2)
            z = 2 * math.sqrt(n + 1) * ((said[way] + 1) / (n + 1) - 0.5)
            if not out[column] and p > 0.5 and z > SURE:
                entry = {"statement": name, "direction": way, "successes": said[way], "trials": n}
                ranked.append((-p * z, int(name), entry | {"probability": p, "probability_z": z}))
        found += [entry for _rank, _name, entry in sorted(ranked, key=lambda each: each[:2])[:5]]
    return found
