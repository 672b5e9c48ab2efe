import type { EpochLoss } from '../learn/train-network';
import type { Matrix } from '../matrix';
import type { Transformation } from './transformation';

/** Where segments are formed: what K-Means, Ward's method and every judgement of segments are given. */
export interface Space {
  /** On a grid on which all sums are exact. */
  readonly X: Matrix;
  /** The way there from the scaled columns; null where it is these. */
  readonly transformation: Transformation | null;
  /** Mean squared difference between a scaled value and what the space tells of it, in squared scaled units. */
  readonly error: number;
  /** How the autoencoder learned; null where there is none. */
  readonly training: SpaceTraining | null;
}

export interface SpaceTraining {
  readonly losses: readonly EpochLoss[];
  /** Index in `losses`: the epoch whose weights were kept. */
  readonly bestEpoch: number;
  readonly nTrained: number;
  readonly nValidation: number;
}
