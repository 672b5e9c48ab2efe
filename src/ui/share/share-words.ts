import { segmentsInWords } from '../../core/explain/story';
import type { SegmentModel } from '../../core/model';
import { canonicalJson } from '../../core/plan';
import { defaultRecipe, type Recipe } from '../../core/recipe';
import { capitalise, counted, formatCount, listInWords } from '../../core/words';

/** What settings are about, in the order of the page. Parts that have no words of their own are "other settings". */
const partWords = new Map<string, (recipe: Recipe) => string>([
  ['read', () => 'how the file is read'],
  ['derive', ({ derive }) => counted(derive.columns.length, 'computed column')],
  ['clean', () => 'cleaning and what columns are for'],
  ['encode', () => 'levels of categories'],
  ['scale', () => 'scaling and transformations'],
  ['sweep', () => 'the search for segments'],
  ['cluster', clusterInWords],
  ['tree', () => 'the tree'],
  ['segments', () => 'names and notes of segments'],
  ['personas', () => 'what a customer is worth'],
  ['trust', () => 'the test of trust'],
]);

function clusterInWords({ cluster: { nClusters, limits } }: Recipe): string {
  if (nClusters !== 'auto') return segmentsInWords(nClusters);
  return limits === undefined ? 'the number of segments' : 'limits of the number of segments';
}

/** Which settings are not those that every file begins with. */
export function settingsInWords(recipe: Recipe): string {
  const keys = Object.keys(recipe) as (keyof Recipe)[];
  const changed = keys.filter(
    (key) => canonicalJson(recipe[key]) !== canonicalJson(defaultRecipe[key]),
  );
  if (changed.length === 0) return 'All settings, as every file begins with.';
  const known = [...partWords].flatMap(([key, words]) =>
    changed.some((part) => part === key) ? [words(recipe)] : [],
  );
  const hasOther = changed.some((key) => !partWords.has(key));
  const parts = hasOther ? [...known, 'other settings'] : known;
  return `All settings; chosen were ${listInWords(parts)}.`;
}

export function modelInWords({ segments, inputs, nCustomers }: SegmentModel): string {
  return `A model with ${segmentsInWords(segments.length)} over ${counted(inputs.length, 'column')}, learned from ${formatCount(nCustomers)} customers: their averages and ranges, the names of columns, levels and segments.`;
}

/** What is in a link or a project file, one sentence each. */
export function contentInWords(content: {
  readonly recipe?: Recipe | null | undefined;
  readonly model?: SegmentModel | null | undefined;
  readonly fingerprint?: string | undefined;
  readonly fileName?: string | undefined;
}): string[] {
  const { recipe, model, fingerprint = '', fileName = '' } = content;
  return [
    recipe ? settingsInWords(recipe) : '',
    model ? modelInWords(model) : '',
    fingerprint === ''
      ? ''
      : 'A fingerprint of the file: it tells whether a file is that very one; what stands in it cannot be read from it.',
    fileName === '' ? '' : `The name of the file: “${fileName}”.`,
  ].filter((sentence) => sentence !== '');
}

/** What people typed or named, which the settings repeat. */
export function typedInWords({ read, derive, segments, cluster }: Recipe): string {
  const typed = [
    read.missing !== 'auto' && read.missing.length > 0 ? 'what is read as missing' : '',
    read.names.length > 0 ? 'names you gave to columns' : '',
    derive.columns.length > 0 ? 'formulas' : '',
    segments.edits.length > 0 ? 'names and notes of segments' : '',
  ].filter((part) => part !== '');
  const also = typed.length === 0 ? '' : `, ${listInWords(typed)} as you typed them`;
  const pinned =
    cluster.pinned === undefined
      ? ''
      : ' They hold the averages of the segments whose numbers you pinned.';
  const merged =
    cluster.mergedOn === undefined
      ? ''
      : ' They hold the averages of the segments of which you merged some.';
  return `Settings name the columns that you chose something for${also}.${pinned}${merged} No row and no customer is in it.`;
}

export function lengthInWords(nCharacters: number): string {
  const length = `The link has ${formatCount(nCharacters)} characters.`;
  if (nCharacters <= 2000) return length;
  return `${length} Some mail and chat programs cut links after 2,000: try it, or send the project as a file.`;
}

/** The heading of what has arrived. */
export function arrivedInWords(
  from: 'project' | 'file' | 'link',
  name: string,
  recipe: Recipe | null,
  hasModel: boolean,
): string {
  const what = recipe === null ? 'a model' : hasModel ? 'settings and a model' : 'settings';
  if (from === 'link') return `${capitalise(what)} came with this link`;
  return name === '' ? `${capitalise(what)} are waiting for a file` : `“${name}”`;
}
