import type { Context } from '../context';
import { takeRows, type Matrix } from '../matrix';
import { createRandom } from '../random';
import { stratifiedSplit } from './classification';
import { stratifiedFolds } from './compare-classifiers';

export interface FewestFieldsData {
  /** Scaled. */
  readonly X: Matrix;
  /** Segment of each row, 0 … nClasses − 1. */
  readonly labels: Int32Array;
  readonly nClasses: number;
  /** Features that are one field to people. At least one. */
  readonly groups: readonly (readonly number[])[];
}

export interface FieldStep {
  /** The groups that were chosen, as many as there are steps so far: those of the step before come first. */
  readonly groups: readonly number[];
  /** Share of the held-out rows whose segment these fields tell. */
  readonly accuracy: number;
}

export interface FewestFields {
  readonly steps: readonly FieldStep[];
  /** By all fields, on the same rows. */
  readonly allAccuracy: number;
  /** The fewest steps that come within `closeEnough` of it; null where none of `steps` does. */
  readonly nEnough: number | null;
  readonly nTrain: number;
  /** Held out: neither the choice nor the means have seen them. */
  readonly nTest: number;
}

/** Two points. */
export const closeEnough = 0.02;
/** More would be no short form any more. */
const mostFields = 20;
/** Of more groups none are taken away: it takes time by the square of their number. */
const mostToDrop = 60;
/** Once so near to all fields, further ones are not told of. */
const nearEnough = 0.002;
const nFolds = 5;
const testShare = 0.3;
/** Of more rows a seeded sample is chosen by. */
const mostRows = 30_000;
const sampleStream = -7;
/** Rows times segments times features between two rests: some milliseconds. */
const workPerBreath = 2_000_000;

/**
 * Which few fields tell the segments. From none, the field is added with which the nearest mean is right most often
 * (forward selection); from all, the one is dropped that is missed least (backward elimination), which sees what fields
 * are only worth together; for each number of fields the better of the two sets is taken, the former on a tie. Whitney
 * (1971), Marill, Green (1963). The choice is made by five-fold cross-validation among 70 % of the rows, the accuracy
 * that is told is that of the other 30 %.
 *
 * The nearest mean is what places customers on this page, so what is found is a short form of the same model, and to try
 * a field costs only one more sum for each row and segment: squared distances add up field by field.
 *
 * @param seed 32-bit integer
 */
export async function fewestFields(
  data: FewestFieldsData,
  seed: number,
  ctx: Pick<Context, 'breathe' | 'progress'>,
): Promise<FewestFields> {
  const { X, labels } = sampled(data, seed);
  const { nClasses, groups } = data;
  const { train, test } = stratifiedSplit(labels, nClasses, testShare, seed);
  const own = { X: takeRows(X, train), labels: train.map((row) => labels[row]), nClasses };
  const held = { X: takeRows(X, test), labels: test.map((row) => labels[row]), nClasses };
  const folds = stratifiedFolds(own.labels, nClasses, nFolds, seed);
  const foldMeans = await meansWithout(own, folds, nFolds, ctx);
  const nobody = new Int32Array(own.labels.length).fill(1);
  const means = await meansWithout(own, nobody, 1, ctx);
  const judged = (chosen: readonly number[]) => {
    const judge = measured(held, new Int32Array(held.labels.length), means);
    for (const group of chosen) judge.add(groups[group]);
    return judge.accuracy();
  };

  const most = Math.min(mostFields, groups.length);
  const forward = await addOneByOne(measured(own, folds, foldMeans), groups, most, ctx);
  const backward =
    groups.length <= mostToDrop
      ? await dropOneByOne(measured(own, folds, foldMeans), groups, ctx)
      : [];
  const allAccuracy = judged([...groups.keys()]);
  const steps: FieldStep[] = [];
  for (const [at, added] of forward.entries()) {
    const dropped = backward.find(({ chosen }) => chosen.length === at + 1);
    const better = dropped !== undefined && dropped.right > added.right ? dropped : added;
    const before = steps.at(-1)?.groups ?? [];
    const chosen = [
      ...before.filter((group) => better.chosen.includes(group)),
      ...better.chosen.filter((group) => !before.includes(group)),
    ];
    steps.push({ groups: chosen, accuracy: judged(chosen) });
    if (steps[at].accuracy >= allAccuracy - nearEnough) break;
    await ctx.breathe();
  }
  const enough = steps.findIndex(({ accuracy }) => accuracy >= allAccuracy - closeEnough);
  return {
    steps,
    allAccuracy,
    nEnough: enough < 0 ? null : enough + 1,
    nTrain: train.length,
    nTest: test.length,
  };
}

interface Chosen {
  readonly chosen: readonly number[];
  /** Rows that were right. */
  readonly right: number;
}

/** @returns the sets of 1, 2, … `most` groups */
async function addOneByOne(
  distances: Measured,
  groups: FewestFieldsData['groups'],
  most: number,
  ctx: Pick<Context, 'breathe' | 'progress'>,
): Promise<Chosen[]> {
  const sets: Chosen[] = [];
  const left = new Set(groups.keys());
  const rest = restsAfter(workPerBreath, ctx);
  while (sets.length < most) {
    let best = { group: -1, right: -1 };
    for (const group of left) {
      const right = distances.rightWith(groups[group]);
      if (right > best.right) best = { group, right };
      await rest(distances.work * groups[group].length);
    }
    left.delete(best.group);
    distances.add(groups[best.group]);
    sets.push({ chosen: [...(sets.at(-1)?.chosen ?? []), best.group], right: best.right });
    ctx.progress(sets.length, 2 * most);
  }
  return sets;
}

/** @returns the sets of all groups but one, but two, … down to one */
async function dropOneByOne(
  distances: Measured,
  groups: FewestFieldsData['groups'],
  ctx: Pick<Context, 'breathe' | 'progress'>,
): Promise<Chosen[]> {
  const sets: Chosen[] = [];
  let chosen = [...groups.keys()];
  for (const group of groups) distances.add(group);
  const rest = restsAfter(workPerBreath, ctx);
  while (chosen.length > 1) {
    let best = { group: -1, right: -1 };
    for (const group of chosen) {
      const right = distances.rightWith(groups[group], -1);
      // The last of those that are missed as little: columns that were added last say what others say.
      if (right >= best.right) best = { group, right };
      await rest(distances.work * groups[group].length);
    }
    chosen = chosen.filter((group) => group !== best.group);
    distances.add(groups[best.group], -1);
    sets.push({ chosen, right: best.right });
    ctx.progress(groups.length + sets.length, 2 * groups.length);
  }
  return sets;
}

function restsAfter(work: number, { breathe }: Pick<Context, 'breathe'>) {
  let done = 0;
  return async (more: number): Promise<void> => {
    done += more;
    if (done < work) return;
    done = 0;
    await breathe();
  };
}

/** At most `mostRows`, in their order. */
function sampled({ X, labels }: FewestFieldsData, seed: number) {
  if (labels.length <= mostRows) return { X, labels };
  const all = createRandom(seed, sampleStream).shuffle(Int32Array.from(labels.keys()));
  const rows = all.slice(0, mostRows).sort();
  return { X: takeRows(X, rows), labels: rows.map((row) => labels[row]) };
}

interface Labelled {
  readonly X: Matrix;
  readonly labels: Int32Array;
  readonly nClasses: number;
}

/** For each fold the means of all rows outside of it, row-major nClasses × nFeatures; a segment without rows is nowhere. */
async function meansWithout(
  { X: { data, nFeatures }, labels, nClasses }: Labelled,
  foldOf: Int32Array,
  nFolds: number,
  ctx: Pick<Context, 'breathe'>,
): Promise<Float64Array[]> {
  const means: Float64Array[] = [];
  for (let fold = 0; fold < nFolds; fold++) {
    const sums = new Float64Array(nClasses * nFeatures);
    const counts = new Float64Array(nClasses);
    for (let i = 0; i < labels.length; i++) {
      if (foldOf[i] === fold) continue;
      counts[labels[i]]++;
      const to = labels[i] * nFeatures;
      for (let j = 0; j < nFeatures; j++) sums[to + j] += data[i * nFeatures + j];
    }
    means.push(
      sums.map((sum, at) => {
        const count = counts[Math.floor(at / nFeatures)];
        return count > 0 ? sum / count : Infinity;
      }),
    );
    await ctx.breathe();
  }
  return means;
}

interface Measured {
  /** Sums over all rows and segments for one feature. */
  readonly work: number;
  /** Rows that would be right with the features of one more group; −1: with those of one less. */
  rightWith(group: readonly number[], sign?: 1 | -1): number;
  add(group: readonly number[], sign?: 1 | -1): void;
  accuracy(): number;
}

/** Squared distances of rows to the means of the other folds, by the features that have been added. */
function measured(
  { X: { data, nFeatures }, labels, nClasses }: Labelled,
  foldOf: Int32Array,
  means: readonly Float64Array[],
): Measured {
  const distances = new Float64Array(labels.length * nClasses);
  const rightWith = (group: readonly number[], sign = 1): number => {
    let right = 0;
    for (let i = 0; i < labels.length; i++) {
      const center = means[foldOf[i]];
      let best = 0;
      let least = Infinity;
      for (let c = 0; c < nClasses; c++) {
        let distance = distances[i * nClasses + c];
        for (const j of group) {
          const difference = data[i * nFeatures + j] - center[c * nFeatures + j];
          distance += sign * difference * difference;
        }
        if (distance < least) {
          least = distance;
          best = c;
        }
      }
      if (best === labels[i]) right++;
    }
    return right;
  };
  return {
    work: labels.length * nClasses,
    rightWith,
    accuracy: () => (labels.length === 0 ? 0 : rightWith([]) / labels.length),
    add(group, sign = 1) {
      for (let i = 0; i < labels.length; i++) {
        const center = means[foldOf[i]];
        for (let c = 0; c < nClasses; c++) {
          for (const j of group) {
            const difference = data[i * nFeatures + j] - center[c * nFeatures + j];
            distances[i * nClasses + c] += sign * difference * difference;
          }
        }
      }
    },
  };
}
