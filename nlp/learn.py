"""Learn a readable table of positive whole weights from labelled lines; same lines, same table.

How: every text is cut as `classify` will cut it. A word or letter and a label make an entry. Entries are chosen by
logistic regression with non-negative weights and an L1 penalty: starting from nothing the penalty is lowered step by
step, so that the entries that explain most come in first, until somewhat more than the allowed number are in; then the
least useful (by what the loss would gain by their leaving) are taken out again, and the rest rounded to whole numbers.

Rare words are given more reach than common ones (`REACH`), else the penalty would choose only common words; a long
text counts no more than a short one (`EVEN`), so that one table serves both letters and chat lines.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from operator import itemgetter, mul, truediv

from nlp.normalise import Spelling, normalise
from nlp.rules import MOST_WEIGHT
from nlp.segment import TOKENIZER, Segmenter
from nlp.topics import ALWAYS, CONTRACT, SHORT

REACH = 1.5
EVEN = 0.75
SURPLUS = 1.27
LARGEST = 200
LEAST_WEIGHT = 1e-6

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class LearnedRow:
    """A line of the table that was learned, with the columns of `rules/topics.csv`."""

    code: str
    word: str
    weight: int
    match: str


@dataclass(slots=True)
class _Entry:
    """A feature that speaks for a label: its texts with their values, and how often the label is right there."""

    feature: int
    label: int
    texts: tuple[int, ...]
    values: tuple[float, ...]
    right: float
    weight: float = 0.0
    slope: float = 0.0
    bend: float = 0.0


@dataclass(slots=True)
class _Task:
    """The lines as numbers. `odds[label][text]` is e to the points of the label; `whole[text]` their sum."""

    labels: list[str]
    answers: list[int]
    names: list[tuple[str, str]]
    texts: list[tuple[int, ...]]
    values: list[tuple[float, ...]]
    reach: list[float]
    odds: list[list[float]] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)


def learn(
    lines: Iterable[tuple[str, str]],
    segmenter: Segmenter,
    spelling: Spelling,
    most: int = 1100,
    progress: Progress = lambda share: None,
) -> list[LearnedRow]:
    """Return at most `most` rows for lines of (text, label), the heaviest of each label first. Raises ValueError if
    the lines name fewer than two labels. `progress` is told the share done, 0 to 1."""
    task = _prepare(lines, segmenter, spelling, progress)
    entries = _choose(task, most - 1 - len(_common(task)), progress)
    progress(1.0)
    return _written(task, entries)


def features(text: str, segmenter: Segmenter) -> Counter[tuple[str, str]]:
    """Return what a normalised text offers to a table: (how found, word) → times."""
    found = Counter(("word", word) for word in segmenter.cut(text))
    if len(text) <= SHORT:
        found.update(("letter", letter) for letter in text if "\u4e00" <= letter <= "\u9fff")
    return found


def _prepare(lines: Iterable[tuple[str, str]], segmenter: Segmenter, spelling: Spelling, progress: Progress) -> _Task:
    rows = [(features(normalise(spelling, text), segmenter), label) for text, label in lines]
    labels = sorted({label for _, label in rows})
    if len(labels) < 2:
        raise ValueError("labels")
    spread = Counter(name for found, _ in rows for name in found)
    least = 5 if len(rows) >= 500 else 2
    names = sorted(name for name, texts in spread.items() if texts >= least)
    place = {name: number for number, name in enumerate(names)}
    texts: list[list[int]] = [[] for _ in names]
    values: list[list[float]] = [[] for _ in names]
    for number, (found, _) in enumerate(rows):
        counted = [(place[name], math.log2(1 + times)) for name, times in sorted(found.items()) if name in place]
        even = max(1.0, sum(value for _, value in counted)) ** -EVEN
        for at, value in counted:
            texts[at].append(number)
            values[at].append(value * even)
    reach = [math.log(len(rows) / (1 + len(each))) ** REACH if len(rows) > len(each) + 1 else 0.01 for each in texts]
    scaled = [tuple(value * far for value in each) for each, far in zip(values, reach, strict=True)]
    progress(0.1)
    answers = [labels.index(label) for _, label in rows]
    return _Task(labels, answers, names, [tuple(each) for each in texts], scaled, reach)


def _choose(task: _Task, most: int, progress: Progress) -> list[_Entry]:
    count = len(task.answers)
    task.odds = [[1.0] * count for _ in task.labels]
    task.whole = [float(len(task.labels))] * count
    entries: dict[tuple[int, int], _Entry] = {}
    pulls = _pulls(task)
    penalty = max(pulls.values(), default=0.0)
    least = penalty / 200
    wanted = math.ceil(most * SURPLUS)
    furthest = 0.0
    while penalty > least:
        penalty *= 0.8
        _admit(task, entries, pulls, penalty)
        chosen = _settle(task, list(entries.values()), penalty, sweeps=6)
        entries = {(entry.feature, entry.label): entry for entry in chosen}
        inside = sum(entry.weight > 0 for entry in chosen)
        furthest = max(furthest, min(1.0, inside / wanted))
        progress(0.1 + 0.5 * furthest)
        if inside >= wanted:
            break
        pulls = _pulls(task)
    kept = _settle(task, [entry for entry in entries.values() if entry.weight > 0], penalty, sweeps=20)
    return _thin(task, kept, penalty, most, progress)


def _pulls(task: _Task) -> dict[tuple[int, int], float]:
    """Return for each entry how steeply the loss would fall if its weight grew from nothing; only those that help."""
    pulls: dict[tuple[int, int], float] = {}
    rest = []
    for label, odds in enumerate(task.odds):
        share = list(map(truediv, odds, task.whole))
        rest.append([(answer == label) - part for answer, part in zip(task.answers, share, strict=True)])
    for feature, (texts, values) in enumerate(zip(task.texts, task.values, strict=True)):
        take = itemgetter(*texts)
        for label, missing in enumerate(rest):
            pull = sum(map(mul, values, take(missing)))
            if pull > 0:
                pulls[feature, label] = pull
    return pulls


def _admit(
    task: _Task, entries: dict[tuple[int, int], _Entry], pulls: dict[tuple[int, int], float], penalty: float
) -> None:
    """Let in what the lower penalty may want: the sequential strong rule (Tibshirani and others, 2012)."""
    bar = 2 * penalty - penalty / 0.8
    for (feature, label), pull in pulls.items():
        if pull > bar and (feature, label) not in entries:
            texts, values = task.texts[feature], task.values[feature]
            right = sum(value for text, value in zip(texts, values, strict=True) if task.answers[text] == label)
            entries[feature, label] = _Entry(feature, label, texts, values, right)


def _settle(task: _Task, entries: list[_Entry], penalty: float, sweeps: int) -> list[_Entry]:
    """Move every weight to its best place in turn, a few rounds; those at nothing with no pull rest between rounds."""
    awake = entries
    for sweep in range(sweeps):
        largest = 0.0
        for entry in awake:
            largest = max(largest, abs(_step(task, entry, penalty)))
        if largest < 0.01:
            break
        awake = (
            entries if sweep % 4 == 3 else [each for each in awake if each.weight > 0 or each.slope > -0.9 * penalty]
        )
    return entries


def _step(task: _Task, entry: _Entry, penalty: float) -> float:
    """One Newton step of one weight, never below nothing; return the step."""
    odds, whole = task.odds[entry.label], task.whole
    take = itemgetter(*entry.texts)
    share = list(map(truediv, take(odds), take(whole)))
    weighed = list(map(mul, entry.values, share))
    entry.slope = entry.right - sum(weighed)
    if entry.weight == 0.0 and entry.slope <= penalty:
        return 0.0
    entry.bend = sum(map(mul, map(mul, weighed, entry.values), [1.0 - part for part in share])) + 1e-9
    step = max(-entry.weight, min(1.0, (entry.slope - penalty) / entry.bend))
    if step:
        entry.weight += step
        _shift(task, entry, step)
    return step


def _shift(task: _Task, entry: _Entry, step: float) -> None:
    odds, whole = task.odds[entry.label], task.whole
    exp = math.exp
    for text, value in zip(entry.texts, entry.values, strict=True):
        old = odds[text]
        new = old * exp(step * value)
        odds[text] = new
        whole[text] += new - old


def _thin(task: _Task, entries: list[_Entry], penalty: float, most: int, progress: Progress) -> list[_Entry]:
    """Take out the least useful a tenth at a time, letting the others take over their work."""
    while len(entries) > most:
        for entry in entries:
            _step(task, entry, penalty)
        entries.sort(key=lambda each: (-_use(each, penalty), each.feature, each.label))
        keep = max(most, int(len(entries) * 0.9))
        for entry in entries[keep:]:
            _shift(task, entry, -entry.weight)
        entries = [entry for entry in _settle(task, entries[:keep], penalty, sweeps=8) if entry.weight > 0]
        progress(0.6 + 0.3 * min(1.0, most / len(entries)))
    return [entry for entry in _settle(task, entries, penalty, sweeps=25) if entry.weight > 0]


def _use(entry: _Entry, penalty: float) -> float:
    return penalty * entry.weight + 0.5 * entry.bend * entry.weight**2


def _written(task: _Task, entries: list[_Entry]) -> list[LearnedRow]:
    weights = [entry.weight * task.reach[entry.feature] for entry in entries]
    if max(weights, default=0.0) < LEAST_WEIGHT:  # every text has every label equally often: no word tells anything
        entries, weights = [], []
    unit = max(weights, default=1.0) / LARGEST
    rows = []
    for entry, weight in zip(entries, weights, strict=True):
        match, word = task.names[entry.feature]
        rows.append(LearnedRow(task.labels[entry.label], word, max(1, round(weight / unit)), match))
    rows.sort(key=lambda row: (row.code, -row.weight, row.word))
    return [LearnedRow(CONTRACT, TOKENIZER, _scale(task, unit), ""), *_common(task), *rows]


def _common(task: _Task) -> list[LearnedRow]:
    """Return what is guessed where no word is known: the two commonest labels, in that order."""
    often = [label for label, _ in Counter(task.answers).most_common(2)]
    return [LearnedRow(task.labels[label], ALWAYS, 2 - place, "") for place, label in enumerate(often)]


def _scale(task: _Task, unit: float) -> int:
    """Return how many points make one e-fold in a text of common length: what turns points into shares."""
    lengths = Counter(text for each in task.texts for text in each)
    typical = sorted(lengths.values())[len(lengths) // 2] if lengths else 1
    return min(MOST_WEIGHT, max(1, round(math.pow(typical, EVEN) / unit)))
