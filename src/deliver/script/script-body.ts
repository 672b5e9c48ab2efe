/** What goes into the script: literals, and sentences of our own. */
interface ScriptParts {
  readonly app: string;
  readonly limits: readonly string[];
  readonly settings: string;
  readonly missing: string;
  readonly setAside: string;
  readonly columns: string;
  readonly inputs: string;
  readonly operations: string;
  readonly derived: string;
  readonly clustered: string;
  readonly steps: string;
  readonly features: string;
  readonly names: string;
  readonly centers: string;
  readonly sizes: string;
  readonly kept: string;
  readonly silhouette: string;
  readonly variance: string;
  readonly tree: string;
  readonly accuracy: string;
  readonly pythonOperations: string;
}

/** The program around the literals. Whatever comes from a file stands in those alone. */
export function scriptBody(parts: ScriptParts): string {
  return [head(parts), data(parts), reading, parts.pythonOperations, cleaning, learning]
    .map((part) => part.trim())
    .join('\n\n\n')
    .concat('\n');
}

function head({ app, limits }: ScriptParts): string {
  return `"""Repeats with pandas and scikit-learn the analysis that Tessera ${app} did, and says how far the two agree.

    python3 analysis.py customers.csv [labelled.csv]

The second name is that of a file to write: the rows of the table with the segment of each.

What it does not repeat:
${limits.map((limit) => `- ${limit}`).join('\n')}
"""
import csv
import gzip
import io
import math
import re
import sys

import numpy as np
import pandas as pd
from scipy.stats import yeojohnson
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import accuracy_score, silhouette_score
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier
`;
}

function data(parts: ScriptParts): string {
  return `SETTINGS = ${parts.settings}
# What counts as missing, in small letters; a blank cell always does.
MISSING = ${parts.missing}
# Lines of rows that do not fit the table.
SET_ASIDE = ${parts.setAside}
# Name in the file, name in the analysis, kind, values that Tessera found missing.
COLUMNS = ${parts.columns}
# Formulas as operations on values: first the inputs, then the results, one after the other.
INPUTS = ${parts.inputs}
OPERATIONS = ${parts.operations}
DERIVED = ${parts.derived}
# The columns that form segments, and the steps of cleaning, in order.
CLUSTERED = ${parts.clustered}
STEPS = ${parts.steps}
FEATURES = ${parts.features}
TREE = ${parts.tree}

# What Tessera found.
NAMES = ${parts.names}
CENTERS = ${parts.centers}
SIZES = ${parts.sizes}
KEPT = ${parts.kept}
SILHOUETTE = ${parts.silhouette}
VARIANCE = ${parts.variance}
ACCURACY = ${parts.accuracy}

`;
}

const reading = `
def read_rows(path):
    """Header, and rows with the line on which each begins."""
    with open(path, "rb") as file:
        content = file.read()
    if content[:2] == b"\\x1f\\x8b":
        content = gzip.decompress(content)
    text = content.decode(SETTINGS["encoding"], errors="replace").lstrip("\\ufeff")
    stream = io.StringIO(text, newline="")
    for _ in range(SETTINGS["skip"]):
        stream.readline()
    csv.field_size_limit(2**30)
    reader = csv.reader(stream, delimiter=SETTINGS["delimiter"])
    rows, line = [], SETTINGS["skip"] + 1
    for cells in reader:
        if cells and not (len(cells) == 1 and cells[0].strip() == ""):
            rows.append((line, cells))
        line = SETTINGS["skip"] + reader.line_num + 1
    width = max((len(cells) for _, cells in rows), default=0)
    header = rows.pop(0)[1] if SETTINGS["header"] and rows else [""] * width
    gone = set(SET_ASIDE)
    return header, [(line, cells) for line, cells in rows if line not in gone]


def name_columns(header):
    """Unique names, none empty, as Tessera makes them."""
    wanted = [re.sub(r"\\s+", " ", name).strip() or f"Column {j + 1}" for j, name in enumerate(header)]
    taken, seen, names = set(wanted), set(), []
    for name in wanted:
        if name in seen:
            n = 2
            while f"{name} ({n})" in taken:
                n += 1
            name = f"{name} ({n})"
            taken.add(name)
        seen.add(name)
        names.append(name)
    return names


def _plain(text):
    try:
        return float(text)
    except ValueError:
        return math.nan


MISSING_WORDS = {""} | set(MISSING)
MISSING_NUMBERS = {_plain(token) for token in MISSING if not math.isnan(_plain(token))}
_CURRENCY = r"(?:US|R|A|C|NZ|HK|S)?\\$|[€£¥₹₽₩₺₴₪฿₫₦₱]|[A-Z]{3}"
_UNIT = re.compile(rf"^(?:{_CURRENCY})\\s*|\\s*(?:%|‰|kr|zł|{_CURRENCY})$")


def read_number(cell):
    text = cell.strip()
    if text.lower() in MISSING_WORDS:
        return math.nan
    negative = text.startswith("(") and text.endswith(")")
    if negative:
        text = text[1:-1].strip()
    text = text.replace("\\u2212", "-")
    sign = ""
    if text[:1] in ("-", "+"):
        sign, text = text[0], text[1:].lstrip()
    text = sign + _UNIT.sub("", text)
    text = re.sub("[ \\u00a0\\u202f\\u2009'\\u2019]", "", text)
    text = text.replace(",", "") if SETTINGS["decimal"] == "." else text.replace(".", "").replace(",", ".")
    if not re.fullmatch(r"[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?", text):
        return math.nan
    value = -float(text) if negative else float(text)
    return math.nan if value in MISSING_NUMBERS or math.isinf(value) else value


def read_word(cell):
    return None if cell.strip().lower() in MISSING_WORDS else cell


def read_table(path):
    """A column for each of COLUMNS, and the rows as they stand in the file."""
    header, rows = read_rows(path)
    names = name_columns(header)
    absent = [name for name, _, _, _ in COLUMNS if name not in names]
    if absent:
        sys.exit(f"The file has no column {', '.join(map(repr, absent))}.")
    table = {}
    for in_file, name, kind, n_missing in COLUMNS:
        at = names.index(in_file)
        cells = (row[at] if at < len(row) else "" for _, row in rows)
        if kind == "number":
            table[name] = pd.Series([read_number(cell) for cell in cells], dtype="float64")
        else:
            table[name] = pd.Series([read_word(cell) for cell in cells], dtype="object")
        found = int(table[name].isna().sum())
        if found != n_missing:
            print(f"Column {name!r}: {found} values are missing here, {n_missing} in Tessera.", file=sys.stderr)
    return pd.DataFrame(table), header, rows
`;

const cleaning = `
def derive(table):
    """The columns that formulas give, computed from the file as it was read."""
    if not DERIVED:
        return table
    inputs = [table[name].tolist() for name in INPUTS]
    results = {name: [] for name, _ in DERIVED}
    for i in range(len(table)):
        values = [column[i] for column in inputs]
        for name, *args in OPERATIONS:
            values.append(float(args[0]) if name == "constant" else _operate(name, *(values[at] for at in args)))
        for name, at in DERIVED:
            results[name].append(values[at])
    return table.assign(**{name: pd.Series(values, dtype="float64") for name, values in results.items()})


def bounds_of(values, rule, limit):
    if rule == "iqr":
        q1, q3 = np.nanquantile(values, [0.25, 0.75])
        return q1 - limit * (q3 - q1), q3 + limit * (q3 - q1)
    if rule == "zscore":
        return values.mean() - limit * values.std(ddof=0), values.mean() + limit * values.std(ddof=0)
    return tuple(np.nanquantile(values, [limit / 100, 1 - limit / 100]))


def clean(table):
    """The rows that are left, and of them the columns that form segments, without gaps in numbers."""
    repeats = pd.Series(False, index=table.index)
    for step in STEPS:
        if step["kind"] == "duplicates" and set(step["key"]) <= set(table.columns):
            own = table.duplicated(subset=step["key"] or None)
            # Part of a key that is missing repeats nobody.
            repeats |= own & table[step["key"]].notna().all(axis=1)
    kept = table.loc[~repeats, CLUSTERED].copy()
    numbers = [name for name in CLUSTERED if kept[name].dtype == "float64"]
    fill = {}
    for step in STEPS:
        if step["kind"] == "duplicates":
            continue
        chosen = [name for name in CLUSTERED if not step["columns"] or name in step["columns"]]
        gone = pd.Series(False, index=kept.index)
        for name in chosen:
            values = kept[name]
            if step["kind"] == "outliers":
                if name not in numbers or values.notna().sum() == 0:
                    continue
                lower, upper = bounds_of(values, step["rule"], step["limit"])
                if step["action"] == "clip":
                    kept[name] = values.clip(lower, upper)
                    if name in fill:
                        fill[name] = min(max(fill[name], lower), upper)
                elif step["action"] == "set-aside":
                    gone |= (values < lower) | (values > upper)
            elif name not in numbers:
                if step["rule"] == "set-aside":
                    gone |= values.isna()
            else:
                if name not in fill:
                    rule = step["rule"]
                    fill[name] = (
                        values.mean() if rule == "mean"
                        else values.mode().iloc[0] if rule == "mode"
                        else step["value"] if rule == "value"
                        else values.median()
                    )
                if step["rule"] == "set-aside":
                    gone |= values.isna()
                else:
                    kept[name] = values.fillna(fill[name])
        kept = kept[~gone]
    return kept[kept[numbers].notna().all(axis=1)]


def encode(kept):
    """A column of numbers for each feature: numbers as they are, 0 and 1 for levels."""
    columns = {}
    for feature in FEATURES:
        values = kept[feature["column"]]
        own = [other["level"] for other in FEATURES if other["kind"] == "level" and other["column"] == feature["column"]]
        if feature["kind"] == "level":
            values = (values == feature["level"]).astype("float64")
        elif feature["kind"] == "other":
            values = (values.notna() & ~values.isin(own)).astype("float64")
        elif feature["kind"] == "missing":
            values = values.isna().astype("float64")
        columns[feature["name"]] = values.to_numpy(dtype="float64")
    return columns


def scale(columns):
    """Evened out, centred on the mean, divided by the spread."""
    X = []
    for feature in FEATURES:
        values = columns[feature["name"]]
        if feature["power"] == "log1p":
            values = np.log1p(np.maximum(values, 0))
        elif feature["power"] == "sqrt":
            values = np.sqrt(np.maximum(values, 0))
        elif feature["power"] == "yeo-johnson":
            values = yeojohnson(values, lmbda=feature["lambda"])
        deviation = values.std()
        if SETTINGS["scaling"] == "standard":
            spread = deviation
        elif SETTINGS["scaling"] == "robust":
            q1, q3 = np.quantile(values, [0.25, 0.75])
            spread = q3 - q1 or deviation
        elif SETTINGS["scaling"] == "minmax":
            spread = values.max() - values.min()
        else:
            spread = 1.0
        X.append((values - values.mean()) / (spread or 1.0))
    return np.column_stack(X)
`;

const learning = `
def main(arguments):
    if not 1 <= len(arguments) <= 2:
        sys.exit(__doc__)
    table, header, rows = read_table(arguments[0])
    kept = clean(derive(table))
    columns = encode(kept)
    X = scale(columns)
    print(f"{len(kept)} of {len(table)} rows are kept; in Tessera {KEPT}.")

    start = np.array(CENTERS, dtype="float64")
    fit = KMeans(n_clusters=len(start), init=start, n_init=1, tol=0).fit(X)
    labels = fit.labels_
    sizes = np.bincount(labels, minlength=len(start)).tolist()
    print("Segment: customers here, in Tessera")
    for number, (name, size, wanted) in enumerate(zip(NAMES, sizes, SIZES), start=1):
        print(f"  {number} {name}: {size}, {wanted}{'' if size == wanted else '  <- differs'}")
    same = sum(min(a, b) for a, b in zip(sizes, SIZES)) / max(1, sum(SIZES))
    print(f"Sizes agree for {100 * same:.4f} % of the customers.")

    if len(start) > 1:
        some = min(len(X), 20_000)
        mean = silhouette_score(X, labels, sample_size=some if some < len(X) else None, random_state=SETTINGS["seed"])
        print(f"Silhouette: {mean:.6f}; in Tessera {SILHOUETTE}.")
    pca = PCA(n_components=min(2, X.shape[1])).fit(X)
    print(f"Two directions keep {pca.explained_variance_ratio_.tolist()} of the variance; in Tessera {VARIANCE}.")

    if len(start) > 1 and min(sizes) > 1:
        values = np.column_stack(list(columns.values()))
        train, test, train_labels, test_labels = train_test_split(
            values, labels, test_size=TREE["testShare"], stratify=labels, random_state=TREE["seed"] % 2**32
        )
        tree = DecisionTreeClassifier(
            max_depth=TREE["maxDepth"] or None,
            min_samples_leaf=TREE["minSamplesLeaf"],
            class_weight="balanced" if TREE["balanced"] else None,
            ccp_alpha=TREE["ccpAlpha"],
            random_state=TREE["seed"] % 2**32,
        ).fit(train, train_labels)
        print(f"Tree on customers it had not seen: {accuracy_score(test_labels, tree.predict(test)):.4f}; in Tessera {ACCURACY}.")

    if len(arguments) == 2:
        segment = pd.Series(labels + 1, index=kept.index)
        with open(arguments[1], "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header + ["segment"])
            for i, (_, cells) in enumerate(rows):
                writer.writerow(cells + [segment.get(i, "")])


if __name__ == "__main__":
    main(sys.argv[1:])`;
