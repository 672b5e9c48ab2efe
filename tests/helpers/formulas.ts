import fc from 'fast-check';
import {
  functionArity,
  functionNames,
  operatorLevels,
  type BinaryOperator,
  type Formula,
} from '../../src/core/derive/formula';

const operators = Object.keys(operatorLevels) as BinaryOperator[];

/** Any formula of these columns, a few levels deep. */
export function formulasOf(columns: fc.Arbitrary<string>): fc.Arbitrary<Formula> {
  const number = fc.oneof(
    fc.nat(3),
    fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  );
  return fc.letrec<{ formula: Formula }>((tie) => ({
    formula: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      fc.record({ kind: fc.constant('number' as const), value: number }),
      fc.record({ kind: fc.constant('column' as const), name: columns }),
      fc.record({ kind: fc.constant('negate' as const), of: tie('formula') }),
      fc.record({
        kind: fc.constant('binary' as const),
        operator: fc.constantFrom(...operators),
        left: tie('formula'),
        right: tie('formula'),
      }),
      fc.constantFrom(...functionNames).chain((name) => {
        const { least, most } = functionArity[name];
        return fc.record({
          kind: fc.constant('call' as const),
          name: fc.constant(name),
          args: fc.array(tie('formula'), { minLength: least, maxLength: Math.min(most, 3) }),
        });
      }),
    ),
  })).formula;
}
