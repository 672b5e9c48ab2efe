import { planData } from './plan-data';
import type { ScorePlan } from './score-plan';

/** What both programs in Python know: the numbers of the model, and what counts as a number in a cell. Needs `re`. */
export function pythonConstants(plan: ScorePlan): string {
  const { segments, centers, inputs, operations, features, layers, grid } = planData(plan);
  return `SEGMENTS = ${segments}
_CENTERS = ${centers}
_INPUTS = ${inputs}
_OPERATIONS = ${operations}
_FEATURES = ${features}
_LAYERS = ${layers}
_GRID = ${grid}

_LARGEST = (2 - 2**-23) * 2.0**127
_NUMBER = re.compile(r"\\s*[-+]?(\\d+\\.?\\d*|\\.\\d+)(e[-+]?\\d+)?\\s*", re.ASCII | re.IGNORECASE)
`;
}
