import type { CleanStep } from './clean/clean-step';
import { columnsOf, renameColumns } from './derive/columns';
import type { Formula } from './derive/formula';
import { parseFormula } from './derive/parse';
import { formulaText } from './derive/print';
import { AppError } from './errors';
import { withPinned, type PinnedFeature } from './judge/identity';
import { withMergedOn } from './learn/merge-clusters';
import type { Recipe } from './recipe';
import type { ColumnName } from './table/read-params';
import { matchColumns } from './table/match-columns';
import { withName } from './table/rename-columns';
import { findColumns, type ColumnFacts, type Place } from './replay-columns';
import type { ColumnMatch } from './table/match-columns';
import type { ColumnKind } from './table/table';
import type { Role } from './table/roles';
import { capitalise, listInWords } from './words';

/** A choice that cannot be made for this file, or only for some of its columns. */
export interface Misfit {
  /** The column that the recipe speaks of. */
  readonly column: string;
  /** The column of this file that may be meant; '' where none is near. To be confirmed by a person. */
  readonly proposed: string;
  /** Full sentences. */
  readonly message: string;
}

export interface Replay {
  /** With the names of this file, without what did not fit. */
  readonly recipe: Recipe;
  /** Where each column that the recipe speaks of was found. */
  readonly matches: readonly ColumnMatch[];
  readonly misfits: readonly Misfit[];
}

interface Places {
  find(column: string): Place;
  kindOf(name: string): ColumnKind | undefined;
  /** The column is of this kind from now on: read so by choice, or computed. */
  setKind(name: string, kind: ColumnKind): void;
  tell(column: string, proposed: string, message: string): void;
}

/** A list of choices in the recipe that name columns. */
interface Choices<Choice> {
  readonly get: (recipe: Recipe) => readonly Choice[];
  readonly set: (recipe: Recipe, choices: readonly Choice[]) => Recipe;
  /** The columns that a choice is about. */
  readonly columns: (choice: Choice) => readonly string[];
  readonly rename: (choice: Choice, nameOf: (column: string) => string) => Choice;
  /** "its role", to be followed by "is dropped". */
  readonly says: (choice: Choice) => string;
  /** The kinds of columns it can be about; all if there is no such function. */
  readonly needs?: (choice: Choice) => readonly ColumnKind[];
  /** The choice for some of its columns; null where it then means something else. */
  readonly only?: (choice: Choice, columns: readonly string[]) => Choice | null;
  /** Names may be written in another case than the column's, as formulas allow. */
  readonly isLoose?: boolean;
  /** Why a choice can be made for no file at all; '' if it can. */
  readonly fault?: (choice: Choice) => string;
  /** The column that comes of it: a new one, or one of another kind. */
  readonly gives?: (choice: Choice) => ColumnFacts & { readonly isNew: boolean };
}

/** The same with its type of choice hidden. */
interface Part {
  readonly isLoose: boolean;
  columns(recipe: Recipe): string[];
  replay(recipe: Recipe, places: Places): Recipe;
  rename(recipe: Recipe, nameOf: (column: string) => string): Recipe;
}

const numbersOnly: readonly ColumnKind[] = ['number'];
const canDecide: readonly ColumnKind[] = ['number', 'category'];

const roleWords: Readonly<Record<Role, string>> = {
  cluster: 'forms segments',
  describe: 'describes only',
  id: 'names the customer',
  ignore: 'left out',
};

/**
 * Every part of the recipe that names columns, in the order in which they are used. A new part is one entry more:
 * `ofOne` for choices about one column each.
 */
const parts: readonly Part[] = [
  part({
    ...ofOne<Recipe['read']['kinds'][number]>(({ kind }) => `the type “${kind}” chosen for it`),
    get: ({ read }) => read.kinds,
    set: (recipe, kinds) => ({ ...recipe, read: { ...recipe.read, kinds } }),
    gives: ({ column, kind }) => ({ name: column, kind, isNew: false }),
  }),
  part<Recipe['derive']['columns'][number]>({
    get: ({ derive }) => derive.columns,
    set: (recipe, columns) => ({ ...recipe, derive: { ...recipe.derive, columns } }),
    columns: ({ formula }) => columnsIn(formula),
    rename: ({ name, formula }, nameOf) => ({ name, formula: renamedIn(formula, nameOf) }),
    isLoose: true,
    fault: ({ formula }) => reading(formula).fault,
    says: ({ name }) => `the computed column “${name}”`,
    needs: () => numbersOnly,
    gives: ({ name }) => ({ name, kind: 'number', isNew: true }),
  }),
  part({
    ...ofOne<Recipe['clean']['roles'][number]>(({ role }) => `its role “${roleWords[role]}”`),
    get: ({ clean }) => clean.roles,
    set: (recipe, roles) => ({ ...recipe, clean: { ...recipe.clean, roles } }),
    needs: ({ role }) => (role === 'cluster' ? canDecide : ['number', 'category', 'date', 'text']),
  }),
  part<CleanStep>({
    get: ({ clean }) => clean.steps,
    set: (recipe, steps) => ({ ...recipe, clean: { ...recipe.clean, steps } }),
    columns: (step) => (step.kind === 'duplicates' ? step.key : step.columns),
    rename: (step, nameOf) =>
      step.kind === 'duplicates'
        ? { ...step, key: step.key.map(nameOf) }
        : { ...step, columns: step.columns.map(nameOf) },
    says: (step) => stepWords[step.kind],
    // With fewer columns in its key it would take different customers for the same one.
    only: (step, columns) =>
      step.kind === 'duplicates' || columns.length === 0 ? null : { ...step, columns },
  }),
  part({
    ...ofOne<{ readonly column: string }>(() => 'what a customer is worth'),
    get: ({ personas: { valueColumn } }) =>
      valueColumn === null || valueColumn === 'auto' ? [] : [{ column: valueColumn }],
    set: (recipe, [choice]) => {
      const { valueColumn } = recipe.personas;
      if (valueColumn === null || valueColumn === 'auto') return recipe;
      return { ...recipe, personas: { valueColumn: choice?.column ?? 'auto' } };
    },
    needs: () => numbersOnly,
  }),
  part({
    ...ofOne<Recipe['scale']['powers'][number]>(({ power }) => `its transformation “${power}”`),
    get: ({ scale }) => scale.powers,
    set: (recipe, powers) => ({ ...recipe, scale: { ...recipe.scale, powers } }),
    needs: () => numbersOnly,
  }),
  part({
    ...ofOne<PinnedFeature>(() => 'what the pinned segments are known by there'),
    get: ({ cluster }) => cluster.pinned?.features ?? [],
    set: (recipe, features) => {
      const pinned = features.length === 0 ? undefined : { features };
      return { ...recipe, cluster: withPinned(recipe.cluster, pinned) };
    },
    needs: ({ level }) => (level === null ? numbersOnly : ['category']),
  }),
  part({
    ...ofOne<PinnedFeature>(() => 'what the merged segments are known by there'),
    get: ({ cluster }) => cluster.mergedOn?.features ?? [],
    set: (recipe, features) => ({
      ...recipe,
      cluster: withMergedOn(recipe.cluster, features),
    }),
    needs: ({ level }) => (level === null ? numbersOnly : ['category']),
  }),
];

const stepWords: Readonly<Record<CleanStep['kind'], string>> = {
  duplicates: 'the step for repeated rows',
  outliers: 'the step for outliers',
  missing: 'the step for missing values',
};

/**
 * A recipe that was made for another file, for this one: columns are found by meaning, and what does not fit is left out
 * and told. A recipe on its own file comes back as it was.
 *
 * @param columns of this file, as it is read by default
 * @param confirmed what a person said about proposals: columns of this file by column of the recipe
 */
export function replay(
  recipe: Recipe,
  columns: readonly ColumnFacts[],
  confirmed: ReadonlyMap<string, string> = new Map(),
): Replay {
  const named = replayNames(recipe.read.names, columns, confirmed);
  const { recipe: replayed, ...rest } = replayParts(recipe, named.columns, confirmed);
  return {
    ...rest,
    recipe: { ...replayed, read: { ...replayed.read, names: named.names } },
    matches: [...named.matches, ...rest.matches],
    misfits: [...named.misfits, ...rest.misfits],
  };
}

/** The recipe after one more column was renamed: all of it speaks of the new name. */
export function renameInRecipe(recipe: Recipe, from: string, to: string): Recipe {
  const nameOf = (column: string) => (column === from ? to : column);
  const renamed = parts.reduce((changed, each) => each.rename(changed, nameOf), recipe);
  return { ...renamed, read: { ...renamed.read, names: withName(recipe.read.names, from, to) } };
}

/** The columns of this file under the names that the recipe gives them; all other parts speak of those. */
function replayNames(
  names: readonly ColumnName[],
  columns: readonly ColumnFacts[],
  confirmed: ReadonlyMap<string, string>,
) {
  const found = matchColumns(
    names.map(({ column }) => column),
    columns.map(({ name }) => name),
  ).matches;
  const misfits: Misfit[] = [];
  const fitted: ColumnName[] = [];
  names.forEach(({ column, name }, at) => {
    const { found: place, how } = found[at];
    const own = confirmed.get(column) ?? (how === 'proposed' ? null : place);
    const isTaken = columns.some((other) => other.name === name && other.name !== own);
    if (own !== null && !isTaken) fitted.push({ column: own, name });
    else {
      const why = isTaken
        ? `there is a column “${name}” already`
        : `“${column}” is not in this file`;
      const proposed = how === 'proposed' && place !== null ? place : '';
      misfits.push({ column, proposed, message: `The name “${name}” is dropped: ${why}.` });
    }
  });
  const nameOf = new Map(fitted.map(({ column, name }) => [column, name]));
  return {
    names: fitted,
    columns: columns.map((facts) => ({ ...facts, name: nameOf.get(facts.name) ?? facts.name })),
    matches: found.filter(({ how }) => how !== null && how !== 'proposed'),
    misfits,
  };
}

function replayParts(
  recipe: Recipe,
  columns: readonly ColumnFacts[],
  confirmed: ReadonlyMap<string, string>,
): Replay {
  const spokenIn = (some: readonly Part[]) => some.flatMap((each) => each.columns(recipe));
  const spoken = {
    exact: spokenIn(parts.filter(({ isLoose }) => !isLoose)),
    loose: spokenIn(parts.filter(({ isLoose }) => isLoose)),
    computed: recipe.derive.columns.map(({ name }) => name),
  };
  const present = columns.map(({ name }) => name);
  const { matches, nameFor } = findColumns(spoken, present, confirmed);
  const kinds = new Map(columns.map(({ name, kind }) => [name, kind]));
  const misfits: Misfit[] = [];
  const places: Places = {
    find: (column) => nameFor(column, kinds),
    kindOf: (name) => kinds.get(name),
    setKind: (name, kind) => void kinds.set(name, kind),
    tell: (column, proposed, message) => void misfits.push({ column, proposed, message }),
  };
  const replayed = parts.reduce((changed, each) => each.replay(changed, places), recipe);
  return { recipe: replayed, matches, misfits };
}

function reading(formula: string): { readonly formula: Formula | null; readonly fault: string } {
  try {
    return { formula: parseFormula(formula), fault: '' };
  } catch (error) {
    if (error instanceof AppError) return { formula: null, fault: error.message };
    throw error;
  }
}

function columnsIn(text: string): string[] {
  const { formula } = reading(text);
  return formula === null ? [] : columnsOf(formula);
}

/** As it was written where it means the same columns still: formulas do not mind the case of names. */
function renamedIn(text: string, nameOf: (column: string) => string): string {
  const { formula } = reading(text);
  if (formula === null) return text;
  const isSame = (name: string) => nameOf(name).toLowerCase() === name.toLowerCase();
  return columnsOf(formula).every(isSame) ? text : formulaText(renameColumns(formula, nameOf));
}

/** Choices about one column each. */
function ofOne<Choice extends { readonly column: string }>(says: (choice: Choice) => string) {
  return {
    columns: ({ column }: Choice) => [column],
    rename: (choice: Choice, nameOf: (column: string) => string): Choice => ({
      ...choice,
      column: nameOf(choice.column),
    }),
    says,
  };
}

function part<Choice>(choices: Choices<Choice>): Part {
  return {
    isLoose: choices.isLoose ?? false,
    columns: (recipe) => choices.get(recipe).flatMap(choices.columns),
    replay: (recipe, places) => {
      const fitted = choices.get(recipe).flatMap((choice) => {
        const fit = fitChoice(choices, choice, places);
        return fit === null ? [] : [fit];
      });
      return choices.set(recipe, fitted);
    },
    rename: (recipe, nameOf) =>
      choices.set(
        recipe,
        choices.get(recipe).map((choice) => choices.rename(choice, nameOf)),
      ),
  };
}

function fitChoice<Choice>(
  choices: Choices<Choice>,
  choice: Choice,
  places: Places,
): Choice | null {
  const fault = choices.fault?.(choice) ?? '';
  if (fault !== '') {
    places.tell('', '', `${capitalise(choices.says(choice))} is dropped. ${fault}`);
    return null;
  }
  const needed = choices.needs?.(choice);
  const names = new Map<string, string>();
  const lost: Extract<Place, { misfit: string }>[] = [];
  for (const column of choices.columns(choice)) {
    const place = places.find(column);
    if ('misfit' in place) lost.push(place);
    else {
      const kind = places.kindOf(place.name);
      if (needed === undefined || kind === undefined || needed.includes(kind)) {
        names.set(column, place.name);
      } else {
        const misfit = `“${place.name}” holds ${kindWords[kind]} here`;
        lost.push({ column: place.column, misfit, proposed: '' });
      }
    }
  }
  const kept = lost.length === 0 ? choice : (choices.only?.(choice, [...names.keys()]) ?? null);
  const says = choices.says(choice);
  for (const { column, misfit, proposed } of lost) {
    const outcome = kept === null ? 'is dropped' : 'goes on without it';
    places.tell(column, proposed, `${misfit}: ${says} ${outcome}.`);
  }
  if (kept === null) return null;
  const renamed = choices.rename(kept, (column) => names.get(column) ?? column);
  return accept(choices, renamed, places);
}

/** A computed column needs a name that this file does not have. */
function accept<Choice>(choices: Choices<Choice>, choice: Choice, places: Places): Choice | null {
  const given = choices.gives?.(choice);
  if (given === undefined) return choice;
  if (given.isNew && places.kindOf(given.name) !== undefined) {
    const says = capitalise(choices.says(choice));
    places.tell(given.name, '', `${says} is dropped: there is a column of that name already.`);
    return null;
  }
  places.setKind(given.name, given.kind);
  return choice;
}

const kindWords: Readonly<Record<ColumnKind, string>> = {
  number: 'numbers',
  category: 'categories',
  date: 'dates',
  text: 'text',
};

/** What did not fit, in one sentence; '' where everything did. */
export function replaySummary({ misfits, matches }: Pick<Replay, 'misfits' | 'matches'>): string {
  const renamed = matches.flatMap(({ wanted, found, how }) =>
    found === null || how === 'same' || how === 'proposed' ? [] : [`“${wanted}” is “${found}”`],
  );
  const told = renamed.length > 0 ? `${listInWords(renamed.slice(0, 5), renamed.length)}. ` : '';
  if (misfits.length === 0) return told.trim();
  const count = misfits.length === 1 ? 'One choice does' : `${misfits.length} choices do`;
  return `${told}${count} not fit this file.`;
}
