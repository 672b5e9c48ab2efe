import type { TransformationLayer } from '../../core/reduce/transformation';
import type { PlannedFeature, ScorePlan } from './score-plan';

/**
 * The plan as literals that JavaScript and Python read alike: objects, arrays, strings and finite numbers, no null and
 * no truth values. Names and levels stand in strings alone, so that nothing of a model can become code.
 */
export function planData({ inputs, operations, features, space, centers, segments }: ScorePlan) {
  return {
    segments: listData(segments.map(({ name }) => name)),
    /** By centre: index of its segment, and where it is. */
    centers: listData(centers.map(({ segment, at }) => [segment, at])),
    /** By layer: activation, biases, weights by output. */
    layers: listData((space?.layers ?? []).map(layerData)),
    /** By number that comes out of them: what it is moved by, and the grid. */
    grid: listData((space?.center ?? []).map((center, m) => [center, space?.step[m] ?? 0])),
    inputs: listData(inputs.map(({ name, kind }) => [name, kind])),
    operations: listData(
      operations.map((operation) =>
        operation.name === 'constant'
          ? ['constant', operation.value]
          : [operation.name, ...operation.args],
      ),
    ),
    features: listData(features.map(featureData)),
  };
}

function featureData(feature: PlannedFeature): object {
  if (feature.kind !== 'number') return feature;
  const { clip, power, ...rest } = feature;
  return {
    ...rest,
    clip: clip === null ? [] : [clip.lower, clip.upper],
    power: power.kind,
    lambda: power.lambda,
  };
}

function layerData({ nInputs, nOutputs, activation, weights, biases }: TransformationLayer) {
  const byOutput = biases.map((_, o) =>
    Array.from({ length: nInputs }, (__, j) => weights[j * nOutputs + o]),
  );
  return [activation, biases, byOutput];
}

/** One item a line. */
export function listData(items: readonly (object | string)[]): string {
  return items.length === 0 ? '[]' : `[\n${items.map((item) => `  ${literal(item)},\n`).join('')}]`;
}

/** What could end a line, hide or turn round what stands beside it, or end a script in a page; JSON escapes the rest. */
const hidden =
  /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff<\ufff0-\ufffb]/g;

/** An object, a list or a text that JavaScript and Python read alike. */
export function literal(item: object | string): string {
  // JSON writes −0 as 0, which is as far from every centre.
  return JSON.stringify(item).replace(
    hidden,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
