/**
 * What was found here against what a peer found, stage by stage: { text, ok }. A fast wrong answer is not ok, and a note
 * says by how much. Tolerances are those that the project promises.
 */

/** Every column of the file, cell by cell, by checksum. */
export function cells(ours, theirs) {
  const peers = new Map(theirs.columns.map((column) => [column.name, column.checksum]));
  const equal = ours.columns.filter(({ name, checksum }) => peers.get(name) === checksum);
  const ok = ours.nRows === theirs.nRows && equal.length === ours.columns.length;
  return { ok, text: `${equal.length} of ${ours.columns.length} columns equal to the last bit` };
}

export function means(ours, theirs) {
  const off = furthest(ours.means, theirs.means, relative);
  const ok = ours.nKept === theirs.nKept && off <= 1e-9;
  return { ok, text: `${count(ours.nKept)} / ${count(theirs.nKept)} rows, means to ${power(off)}` };
}

export function matrix(ours, theirs) {
  const off = furthest(
    ours.head,
    theirs.head,
    (a, b) => Math.abs(a - b) / Math.max(1, Math.abs(b)),
  );
  return { ok: off <= 1e-6, text: `values to ${power(off)}` };
}

export function ratios(ours, theirs) {
  const off = furthest(ours.ratios, theirs.ratios, absolute);
  return { ok: off <= 1e-6, text: `shares of variance to ${power(off)}` };
}

/** For every k the best of all starts, ours at most a thousandth above theirs. */
export function inertias(ours, theirs) {
  const each = ours.inertias.map((inertia, i) => inertia / theirs.inertias[i]);
  const worst = Math.max(...each);
  const ok = each.length === theirs.inertias.length && worst <= 1.001;
  return { ok, text: `inertia ÷ theirs: ${fixed(Math.min(...each))} … ${fixed(worst)}` };
}

export function silhouettes(ours, theirs) {
  const off = furthest(ours.means, theirs.means, absolute);
  return { ok: off <= 1e-5, text: `on the same labels to ${power(off)}` };
}

export function indices(ours, theirs) {
  const off = Math.max(
    furthest(ours.calinskiHarabasz, theirs.calinskiHarabasz, relative),
    furthest(ours.daviesBouldin, theirs.daviesBouldin, relative),
  );
  return { ok: off <= 1e-5, text: `on the same labels to ${power(off)}` };
}

export function bestOfStarts(ours, theirs) {
  const { ok, text } = oneStart(ours, theirs);
  return { ok: ok && ours.inertia <= 1.001 * theirs.inertia, text };
}

/** Single starts may end in different places; that labels and inertia belong to the centres is checked by the peer. */
export function oneStart(ours, theirs) {
  const off = relative(ours.inertia, theirs.inertiaOfYours);
  const confirmed = theirs.confirmed ?? 1;
  const share = `${(100 * confirmed).toFixed(confirmed === 1 ? 0 : 3)} %`;
  const checked = theirs.confirmed === undefined ? '' : `, ${share} of labels confirmed`;
  return {
    ok: off <= 1e-5 && confirmed >= 0.9999,
    text: `inertia ÷ theirs ${fixed(ours.inertia / theirs.inertia)}${checked}`,
  };
}

/** The same start and as many iterations. A row near a tie may go the other way in float32, and others after it. */
export function sameDescent(ours, theirs) {
  const off = relative(ours.inertia, theirs.inertia);
  const text = `inertia after the last one to ${power(off)} (theirs in ${theirs.variant})`;
  return { ok: off <= 1e-4, text };
}

export function heights(ours, theirs) {
  if (!ours.isExact) return { ok: false, text: 'of prototypes' };
  const off = furthest(ours.heights, theirs.heights, relative);
  return { ok: off <= 1e-5, text: `${count(ours.heights.length)} merge heights to ${power(off)}` };
}

export function accuracy(ours, theirs) {
  const [a, b] = [ours.accuracy, theirs.accuracy].map((value) => `${(100 * value).toFixed(2)} %`);
  return { ok: ours.accuracy >= theirs.accuracy - 0.005, text: `accuracy ${a} / ${b}` };
}

export function profiles(ours, theirs) {
  const off = furthest(ours.means.flat(), theirs.means.flat(), relative);
  return { ok: off <= 1e-9, text: `means of the segments to ${power(off)}` };
}

/** NaN, which no bound allows, where one side has more values or no number. */
function furthest(ours, theirs, distance) {
  const [a, b] = [Array.from(ours), Array.from(theirs)];
  if (a.length !== b.length) return NaN;
  return a.reduce((most, value, i) => Math.max(most, distance(value, b[i])), 0);
}

const absolute = (a, b) => Math.abs(a - b);
const relative = (a, b) => (a === b ? 0 : Math.abs(a - b) / Math.abs(b));

/** "10⁻⁷" or better, rounded up to a power of ten. */
function power(off) {
  if (off === 0) return 'the last bit';
  return Number.isNaN(off) ? 'nothing: they do not fit' : `1e${Math.ceil(Math.log10(off))}`;
}

const fixed = (value) => value.toFixed(5);
const count = (value) => value.toLocaleString('en-US');
