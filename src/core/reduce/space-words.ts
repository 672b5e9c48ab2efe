import { counted } from '../words';
import type { SpaceKind } from './reduce-params';

export interface SpaceFacts {
  readonly kind: SpaceKind;
  /** Numbers of each customer that segments are formed from. */
  readonly nNumbers: number;
}

/** In which space something was measured: "over all 17 columns". */
export function overSpace({ kind, nNumbers }: SpaceFacts): string {
  switch (kind) {
    case 'scaled':
      return overColumns(nNumbers);
    case 'components':
      return `over ${counted(nNumbers, 'principal component')}`;
    case 'codes':
      return `over the ${counted(nNumbers, 'number')} of an autoencoder’s code`;
  }
}

export function overColumns(nFeatures: number): string {
  return nFeatures === 1 ? 'over the one column' : `over all ${counted(nFeatures, 'column')}`;
}
