import type { Power } from '../../core/features/power';
import type { IndicatorFeature, MeasuredFeature, ScorePlan } from './score-plan';
import { largestFloat32 } from './score-plan';
import { dialectOf, type SqlDialect, type SqlDialectName } from './sql-dialect';
import { createLayers, type SqlLayers } from './sql-layers';
import { sqlOperation } from './sql-operations';
import { inSpace, sumOf, toFloat32, toGrid } from './sql-space';

export interface SqlOptions {
  readonly dialect: SqlDialectName;
  /** Points part its schema from its name. */
  readonly table: string;
  /** Columns that are handed through to know the customers by; with none, all inputs are. */
  readonly keys: readonly string[];
}

/** One SELECT that gives every row of a table its segment: the keys, `segment` (from 1) and `segment_name`. */
export function writeSql(plan: ScorePlan, { dialect: name, table, keys }: SqlOptions): string {
  const dialect = dialectOf(name);
  const handedThrough = keys.length > 0 ? keys : plan.inputs.map((input) => input.name);
  const keyColumns = handedThrough.map((key, at) => ({
    name: `k${at + 1}`,
    expression: columnOf(key, dialect),
    title: dialect.quoteName(key),
  }));
  const inputs = plan.inputs.map((input, at) => ({
    name: `v${at + 1}`,
    expression: readInput(input, dialect),
  }));
  const from = `${table.split('.').map(dialect.quoteName).join('.')} c`;
  const layers = createLayers([...keyColumns, ...inputs], from, dialect);

  const values = inputs.map((input) => input.name);
  for (const operation of plan.operations) {
    if (operation.name === 'constant') {
      values.push(layers.define(dialect.number(operation.value), []));
    } else {
      const args = operation.args.map((at) => values[at]);
      values.push(layers.define(sqlOperation(operation.name, args, dialect), args));
    }
  }
  const x = plan.features.map((feature) =>
    feature.kind === 'number'
      ? measured(feature, values[feature.value], layers, dialect)
      : indicator(feature, values[feature.value], layers, dialect),
  );
  const point = plan.space === null ? x : inSpace(plan.space, x, layers, dialect);
  const distances = plan.centers.map(({ at }) => squaredDistance(point, at, layers, dialect));
  const owners = plan.centers.map((center) => center.segment + 1);
  const segment = layers.define(nearest(distances, owners), distances);
  const keyNames = keyColumns.map((key) => key.name);
  const { text, last } = layers.print([...keyNames, segment]);
  const names = plan.segments.map((one, c) => `WHEN ${c + 1} THEN ${dialect.quoteText(one.name)}`);
  const results = [
    ...keyColumns.map((key) => `${key.name} AS ${key.title}`),
    `${segment} AS ${dialect.quoteName('segment')}`,
    `CASE ${segment} ${names.join(' ')} END AS ${dialect.quoteName('segment_name')}`,
  ];
  return `-- Says which segment each customer belongs to. Written by Tessera.
WITH
${text}
SELECT
  ${results.join(',\n  ')}
FROM ${last}
`;
}

function columnOf(name: string, { quoteName }: SqlDialect): string {
  return `c.${quoteName(name)}`;
}

function readInput({ name, kind }: ScorePlan['inputs'][number], dialect: SqlDialect): string {
  const column = columnOf(name, dialect);
  if (kind === 'number') return dialect.asNumber(column);
  const text = dialect.asText(column);
  return `CASE WHEN TRIM(${text}) <> '' THEN ${text} END`;
}

function indicator(
  { kind, levels, whenTrue, whenFalse }: IndicatorFeature,
  value: string,
  { define }: SqlLayers,
  dialect: SqlDialect,
): string {
  const isOneOf = levels.map((level) => dialect.equalsText(value, dialect.quoteText(level)));
  const [yes, no] = [dialect.number(whenTrue), dialect.number(whenFalse)];
  switch (kind) {
    case 'missing':
      return define(`CASE WHEN ${value} IS NULL THEN ${yes} ELSE ${no} END`, [value]);
    case 'level':
      return define(`CASE WHEN ${isOneOf[0]} THEN ${yes} ELSE ${no} END`, [value]);
    case 'other': {
      const none = [`${value} IS NULL`, ...isOneOf].join(' OR ');
      return define(`CASE WHEN ${none} THEN ${no} ELSE ${yes} END`, [value]);
    }
  }
}

/** NULL all the way, and filled at the end. */
function measured(
  { filled, clip, power, center, scale, step }: MeasuredFeature,
  value: string,
  layers: SqlLayers,
  dialect: SqlDialect,
): string {
  const { define } = layers;
  const { number } = dialect;
  let v = value;
  if (clip !== null) {
    const [lower, upper] = [number(clip.lower), number(clip.upper)];
    v = define(
      `CASE WHEN ${v} < ${lower} THEN ${lower} WHEN ${v} > ${upper} THEN ${upper} ELSE ${v} END`,
      [v],
    );
  }
  v = evenedOut(power, v, layers, dialect);
  // Beyond what float32 holds it is the largest that it holds: said before dividing, which would be an error in some.
  const largest = number(largestFloat32);
  const [low, high] = [-1, 1].map((sign) => bounded(center + sign * scale * largestFloat32));
  v = define(
    `CASE WHEN ${v} > ${number(high)} THEN ${largest} WHEN ${v} < ${number(low)} THEN (-${largest}) ELSE (${v} - ${number(center)}) / ${number(scale)} END`,
    [v],
  );
  if (step > 0) v = define(toGrid(v, step, dialect), [v]);
  const x = toFloat32(v, layers, dialect);
  return define(`COALESCE(${x}, ${number(filled)})`, [x]);
}

function bounded(value: number): number {
  return Math.min(Math.max(value, -Number.MAX_VALUE), Number.MAX_VALUE);
}

/** As `applyPower`. */
function evenedOut(
  { kind, lambda }: Power,
  value: string,
  { define }: SqlLayers,
  { log1p, number }: SqlDialect,
): string {
  if (kind === 'none') return value;
  if (kind === 'log1p' || kind === 'sqrt') {
    const v = define(`CASE WHEN ${value} < 0e0 THEN 0e0 ELSE ${value} END`, [value]);
    return define(kind === 'sqrt' ? `SQRT(${v})` : ifFinite(v, log1p(v)), [v]);
  }
  const size = define(`ABS(${value})`, [value]);
  const log = define(ifFinite(size, log1p(size)), [size]);
  const of = (expression: string, lambdaOfHalf: number) =>
    Math.abs(lambdaOfHalf) < Number.EPSILON ? log : expression;
  // Below −40 it is −1 to the last digit, and above 709 more than any that counts.
  const exponent = define(
    within(
      `CASE WHEN ${value} >= 0e0 THEN ${number(lambda)} ELSE ${number(2 - lambda)} END * ${log}`,
    ),
    [value, log],
  );
  const power = define(`EXP(${exponent})`, [exponent]);
  // W. Kahan: e^x − 1 without loss near 0.
  const less1 = define(
    `CASE WHEN ${power} = 1e0 THEN ${exponent} WHEN ${power} - 1e0 = -1e0 THEN -1e0 ELSE (${power} - 1e0) * (${exponent} / LN(${power})) END`,
    [power, exponent],
  );
  const above = of(`${less1} / ${number(lambda)}`, lambda);
  const below = of(`${less1} / ${number(2 - lambda)}`, 2 - lambda);
  return define(
    `CASE WHEN ${value} >= 0e0 THEN ${above} WHEN ${value} < 0e0 THEN -(${below}) END`,
    [value, log, less1],
  );
}

/** Infinity stays what it is. */
function ifFinite(value: string, expression: string): string {
  return `CASE WHEN ${value} - ${value} = 0e0 THEN ${expression} ELSE ${value} END`;
}

function within(expression: string): string {
  return `CASE WHEN ${expression} > 709e0 THEN 709e0 WHEN ${expression} < -40e0 THEN -40e0 ELSE ${expression} END`;
}

/** Summed in the order of the features, as `nearestCenter` does. */
function squaredDistance(
  x: readonly string[],
  center: readonly number[],
  layers: SqlLayers,
  { number }: SqlDialect,
): string {
  const terms = x.map((name, j) => {
    const difference = `(${name} - ${number(center[j])})`;
    return { text: `${difference} * ${difference}`, uses: name };
  });
  return sumOf(terms, layers);
}

/** The owner of the first that is smallest. */
function nearest(distances: readonly string[], owners: readonly number[]): string {
  const last = distances.length - 1;
  if (last === 0) return `CASE WHEN ${distances[0]} >= 0e0 THEN ${owners[0]} ELSE ${owners[0]} END`;
  const cases = distances.slice(0, last).map((own, c) => {
    const isLeast = distances.slice(c + 1).map((other) => `${own} <= ${other}`);
    return `WHEN ${isLeast.join(' AND ')} THEN ${owners[c]}`;
  });
  return `CASE ${cases.join(' ')} ELSE ${owners[last]} END`;
}
