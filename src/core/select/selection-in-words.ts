import { partText } from '../explain/rule-words';
import { mapNames, type Projection } from '../map/projection';
import { columnLabel, formatShare, formatValue, listInWords, quoted } from '../words';
import type { Selection } from './selection';

/**
 * Who is selected, to be read after "1,234 customers: ". "balance from 2,000 to 3,000", "Big spenders"
 *
 * @param segmentNames by segment; a segment without a name is no longer there
 */
export function selectionInWords(selection: Selection, segmentNames: readonly string[]): string {
  const nameOf = (segment: number) =>
    segmentNames.length > segment ? segmentNames[segment] : 'a segment that is no longer there';
  switch (selection.kind) {
    case 'segment':
      return nameOf(selection.segment);
    case 'range':
      return `${columnLabel(selection.column)} ${rangeInWords(selection)}`;
    case 'levels':
      return `${columnLabel(selection.column)} ${levelsInWords(selection.levels)}`;
    case 'missing':
      return `${listInWords(selection.columns.map(columnLabel))} missing`;
    case 'exceeds':
      return `${columnLabel(selection.column)} above ${columnLabel(selection.bound)}`;
    case 'fate':
      return fateInWords(selection.fate);
    case 'recognised':
      return selection.segment === selection.as
        ? `${nameOf(selection.segment)} whom the rules recognise, in the test`
        : `${nameOf(selection.segment)} whom the rules take for ${nameOf(selection.as)}, in the test`;
    case 'rule':
      return selection.parts.length === 0
        ? 'all that segments were formed from'
        : listInWords(
            selection.parts.map((part) =>
              partText(part, { name: part.from.column, from: part.from }),
            ),
          );
    case 'ward':
      return `${nameOf(selection.segment)} in Ward’s group ${groupLetters(selection.group)}`;
    case 'branch':
      return selection.nGroups === 1
        ? 'all of Ward’s tree'
        : `Ward’s group ${groupLetters(selection.group)} of ${selection.nGroups}`;
    case 'silhouette':
      return `${nameOf(selection.segment)}${silhouetteInWords(selection)}`;
    case 'elsewhere':
      return `in ${selection.name}`;
    case 'map':
      return `in the box on the map${ofMap(selection.projection)}`;
    case 'lasso':
      return `inside the line drawn on the map${ofMap(selection.projection)}`;
    case 'farthest':
      return `the ${formatShare(selection.share)} farthest from the average`;
    case 'mixture':
      return mixtureInWords(selection, nameOf);
    case 'all-of':
      return selection.parts.length === 0
        ? 'all of them'
        : listInWords(selection.parts.map((part) => selectionInWords(part, segmentNames)));
  }
}

/**
 * The same in the words of whoever selected, where there are any. Segments have other names when they are others, so where
 * they are named these words would not stay true.
 */
export function titleOfSelection(
  { selection, ownTitle }: { readonly selection: Selection; readonly ownTitle?: string },
  segmentNames: readonly string[],
): string {
  return ownTitle === undefined || namesSegments(selection)
    ? selectionInWords(selection, segmentNames)
    : ownTitle;
}

/** Whether the words change with the segments. */
function namesSegments(selection: Selection): boolean {
  switch (selection.kind) {
    case 'segment':
    case 'recognised':
    case 'ward':
    case 'silhouette':
      return true;
    case 'mixture':
      return selection.segment !== null;
    case 'all-of':
      return selection.parts.some(namesSegments);
    case 'range':
    case 'levels':
    case 'missing':
    case 'exceeds':
    case 'fate':
    case 'map':
    case 'branch':
    case 'elsewhere':
    case 'farthest':
    case 'rule':
    case 'lasso':
      return false;
  }
}

/** Nothing for the map of the story. */
function ofMap(projection: Projection = 'pca'): string {
  return projection === 'pca' ? '' : ` of ${mapNames[projection]}`;
}

/** Why a row is in no segment, or has become another. */
export function fateInWords(fate: Extract<Selection, { kind: 'fate' }>['fate']): string {
  switch (fate) {
    case 'duplicate':
      return 'set aside as a duplicate';
    case 'missing':
      return 'set aside for a missing value';
    case 'outlier':
      return 'set aside as an outlier';
  }
}

function silhouetteInWords({ from, to }: { from: number; to: number }): string {
  if (from <= -1 && to >= 1) return '';
  if (from <= -1 && to === 0) return ' who lie nearer to another segment';
  const figure = (value: number) => String(Math.round(value * 100) / 100);
  const side = 'with a silhouette';
  if (to >= 1) return ` ${side} from ${figure(from)}`;
  if (from <= -1) return ` ${side} below ${figure(to)}`;
  return ` ${side} from ${figure(from)} to below ${figure(to)}`;
}

/** Letters, so that nobody takes group 1 for segment 1: A … Z, AA, AB … */
export function groupLetters(group: number): string {
  const last = String.fromCharCode(65 + (group % 26));
  return group < 26 ? last : groupLetters(Math.floor(group / 26) - 1) + last;
}

function mixtureInWords(
  { segment, group, isBetween }: Extract<Selection, { kind: 'mixture' }>,
  nameOf: (segment: number) => string,
): string {
  const where = group === null ? '' : ` in the mixture’s group ${groupLetters(group)}`;
  const between = isBetween ? ' between two groups of the mixture' : '';
  return `${segment === null ? '' : nameOf(segment)}${where}${between}`.trim();
}

function rangeInWords({ from, to, isClosed }: Extract<Selection, { kind: 'range' }>): string {
  if (from === to) return `of ${formatValue(from)}`;
  if (from === -Infinity && to === Infinity) return 'of any value';
  if (to === Infinity) return `from ${formatValue(from)}`;
  if (from === -Infinity) return `${isClosed ? 'up to' : 'below'} ${formatValue(to)}`;
  return `from ${formatValue(from)} to ${isClosed ? '' : 'below '}${formatValue(to)}`;
}

function levelsInWords(levels: readonly string[]): string {
  const shown = levels.slice(0, 3).map((level) => quoted(level));
  const [first, ...others] = shown;
  if (first === undefined) return 'of no value';
  if (levels.length > shown.length) return `one of ${listInWords(shown, levels.length)}`;
  return [first, ...others].join(' or ');
}
