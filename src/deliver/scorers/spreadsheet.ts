import { AppError } from '../../core/errors';
import type { Power } from '../../core/features/power';
import type {
  IndicatorFeature,
  MeasuredFeature,
  OperationName,
  PlannedSpace,
  ScorePlan,
} from './score-plan';

/** What Excel takes: characters of a formula, names in one LET, characters of a text in it, IF within IF. */
const limits = { formula: 8192, names: 126, text: 255, centers: 60 } as const;

/**
 * Two lines to paste into cell A1 of an empty sheet: the names of the inputs, and below them one formula that reads the
 * cells of its row and gives the name of the segment. Excel 2021, Microsoft 365, Google Sheets or LibreOffice 24.8 (LET).
 *
 * Differs from the others: a spreadsheet keeps 15 digits of a constant, and values are not rounded to the grid. A customer
 * who is equally near to two segments but for the ninth digit may get the other one.
 *
 * @throws AppError `setting-invalid` where the model is too large for one formula
 */
export function writeSpreadsheet(plan: ScorePlan): string {
  const names: string[] = [];
  const define = (name: string, expression: string) => {
    names.push(`${name},${expression}`);
    return name;
  };
  const values = plan.inputs.map(({ kind }, at) =>
    define(`v_${at + 1}`, readCell(`${columnLetters(at)}2`, kind)),
  );
  for (const operation of plan.operations) {
    const expression =
      operation.name === 'constant'
        ? number(operation.value)
        : operate(
            operation.name,
            operation.args.map((at) => values[at]),
          );
    values.push(define(`v_${values.length + 1}`, expression));
  }
  const x = plan.features.map((feature, j) => {
    const value = values[feature.value];
    if (feature.kind !== 'number') return define(`x_${j + 1}`, indicator(feature, value));
    const clipped = feature.clip === null ? value : define(`w_${j + 1}`, clip(feature.clip, value));
    return define(`x_${j + 1}`, measured(feature, clipped));
  });
  const point = plan.space === null ? x : inSpace(plan.space, x, define);
  const distances = plan.centers.map(({ at }, c) =>
    define(`d_${c + 1}`, point.map((name, j) => `POWER(${name}-${number(at[j])},2)`).join('+')),
  );
  const least = define('least', `MIN(${distances.join(',')})`);
  const result = plan.centers.reduceRight((rest, { segment }, c) => {
    const name = text(plan.segments[segment].name);
    return rest === '' ? name : `IF(${distances[c]}=${least},${name},${rest})`;
  }, '');
  const formula = `=LET(${names.join(',')},${result})`;
  assertFits(formula, names.length, plan.centers.length);
  const headings = [...plan.inputs.map((input) => heading(input.name)), 'Segment'];
  return `${headings.join('\t')}\n${'\t'.repeat(plan.inputs.length)}${formula}\n`;
}

function assertFits(formula: string, nNames: number, nCenters: number): void {
  if (formula.length <= limits.formula && nNames <= limits.names && nCenters <= limits.centers) {
    return;
  }
  throw new AppError(
    'setting-invalid',
    `This model is too large for one formula of a spreadsheet: it would have ${formula.length.toLocaleString('en-US')} characters and ${nNames} names, and Excel takes ${limits.formula.toLocaleString('en-US')} and ${limits.names}. Use another form, or form the segments on fewer columns.`,
  );
}

/** Of straight ways alone: bends of a network would have to be repeated for every one of its numbers. */
function inSpace(
  { layers, center }: PlannedSpace,
  x: readonly string[],
  define: (name: string, expression: string) => string,
): readonly string[] {
  if (layers.some(({ activation }) => activation !== 'linear')) {
    throw new AppError(
      'setting-invalid',
      'These segments are formed from the codes of an autoencoder, and a network does not fit into one formula of a spreadsheet. Use SQL, Python or JavaScript, or form the segments from principal components.',
    );
  }
  let inputs = x;
  for (const [at, { nOutputs, weights, biases }] of layers.entries()) {
    const from = inputs;
    const isLast = at === layers.length - 1;
    inputs = biases.map((bias, o) => {
      const terms = from.map((name, j) => `${name}*${number(weights[j * nOutputs + o])}`);
      const constant = isLast ? bias - center[o] : bias;
      return define(`y_${at + 1}_${o + 1}`, [number(constant), ...terms].join('+'));
    });
  }
  return inputs;
}

function columnLetters(at: number): string {
  const last = String.fromCharCode(65 + (at % 26));
  return at < 26 ? last : columnLetters(Math.floor(at / 26) - 1) + last;
}

/** Missing is the empty text. */
function readCell(cell: string, kind: 'number' | 'category'): string {
  return kind === 'number'
    ? `IF(ISNUMBER(${cell}),${cell},"")`
    : `IF(TRIM(${cell})="","",CONCATENATE(${cell}))`;
}

function operate(name: OperationName, args: readonly string[]): string {
  const [a, b, c] = args;
  if (name === 'if') return `IF(ISNUMBER(${a}),IF(${a}<>0,${b},${c}),"")`;
  if (name === 'ifmissing') return `IF(ISNUMBER(${a}),${a},${b})`;
  if (name === 'isMissing') return `IF(ISNUMBER(${a}),0,1)`;
  const areThere = args.map((arg) => `ISNUMBER(${arg})`).join(',');
  return `IF(AND(${areThere}),IFERROR(${compute(name, a, b)},""),"")`;
}

function compute(
  name: Exclude<OperationName, 'if' | 'ifmissing' | 'isMissing'>,
  a: string,
  b: string,
): string {
  switch (name) {
    case '+':
    case '-':
    case '*':
    case '/':
      return `${a}${name}${b}`;
    case '^':
      // 0^0 is an error there.
      return `IF(${b}=0,1,POWER(${a},${b}))`;
    case '=':
    case '<>':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return `IF(${a}${name}${b},1,0)`;
    case 'max':
      return `MAX(${a},${b})`;
    case 'min':
      return `MIN(${a},${b})`;
    case 'negate':
      return `0-${a}`;
    case 'finite':
      return a;
    case 'abs':
      return `ABS(${a})`;
    case 'log':
      return `LN(${a})`;
    case 'log1p':
      return `LN(1+${a})`;
    case 'sqrt':
      return `SQRT(${a})`;
    case 'round':
      return `ROUND(${a},0)`;
  }
}

function clip({ lower, upper }: NonNullable<MeasuredFeature['clip']>, value: string): string {
  return `IF(ISNUMBER(${value}),MIN(MAX(${value},${number(lower)}),${number(upper)}),"")`;
}

function measured({ filled, power, center, scale }: MeasuredFeature, value: string): string {
  return `IF(ISNUMBER(${value}),(${evenedOut(power, value)}-${number(center)})/${number(scale)},${number(filled)})`;
}

function evenedOut({ kind, lambda }: Power, value: string): string {
  switch (kind) {
    case 'none':
      return value;
    case 'log1p':
      return `LN(1+MAX(${value},0))`;
    case 'sqrt':
      return `SQRT(MAX(${value},0))`;
    case 'yeo-johnson': {
      const half = (size: string, own: number) =>
        Math.abs(own) < Number.EPSILON
          ? `LN(${size})`
          : `(POWER(${size},${number(own)})-1)/${number(own)}`;
      return `IF(${value}>=0,${half(`1+MAX(${value},0)`, lambda)},0-${half(`1-MIN(${value},0)`, 2 - lambda)})`;
    }
  }
}

function indicator({ kind, levels, whenTrue, whenFalse }: IndicatorFeature, value: string): string {
  const [yes, no] = [number(whenTrue), number(whenFalse)];
  // = does not tell capitals from small letters.
  const isOneOf = levels.map((level) => `EXACT(${value},${text(level)})`);
  switch (kind) {
    case 'missing':
      return `IF(${value}="",${yes},${no})`;
    case 'level':
      return `IF(${isOneOf[0]},${yes},${no})`;
    case 'other':
      return `IF(OR(${[`${value}=""`, ...isOneOf].join(',')}),${no},${yes})`;
  }
}

function number(value: number): string {
  const digits = String(Number(value.toPrecision(15))).toUpperCase();
  return value < 0 ? `(${digits})` : digits;
}

/** Line ends and tabs would part the pasted lines. */
// eslint-disable-next-line no-control-regex
const parting = /[\u0000-\u001f\u007f\u0085\u2028\u2029]/;

function text(content: string): string {
  const pieces = [...content].map((character) =>
    parting.test(character)
      ? `"&UNICHAR(${character.codePointAt(0)})&"`
      : character === '"'
        ? '""'
        : character,
  );
  if (content.length > limits.text) {
    throw new AppError(
      'setting-invalid',
      `“${content.slice(0, 40)}…” has ${content.length.toLocaleString('en-US')} characters, and a text in a formula of a spreadsheet may have ${limits.text}. Use another form.`,
    );
  }
  return `"${pieces.join('')}"`;
}

/** What begins like a formula would be one; a leading quotation mark would be taken for one around the cell. */
function heading(name: string): string {
  const line = name.replace(new RegExp(parting, 'g'), ' ');
  return /^[=+\-@"'\s＝＋－＠]/.test(line) ? `'${line}` : line;
}
