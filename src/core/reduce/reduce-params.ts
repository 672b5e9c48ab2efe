import { autoencoderDefaults, type AutoencoderParams } from '../learn/autoencoder-params';

/**
 * What segments are formed from. `scaled`: the scaled columns; `components`: the first principal components of these;
 * `codes`: the numbers by which an autoencoder tells each row.
 */
export const spaceKinds = ['scaled', 'components', 'codes'] as const;
export type SpaceKind = (typeof spaceKinds)[number];

export interface ReduceParams {
  readonly space: SpaceKind;
  /** How many, if segments are formed from components. */
  readonly nComponents: number;
  /** What learns the codes, if segments are formed from these. */
  readonly autoencoder: AutoencoderParams;
}

export const reduceDefaults: ReduceParams = {
  space: 'scaled',
  nComponents: 4,
  autoencoder: autoencoderDefaults,
};

/** The part of them that matters for the space which is chosen, so that another one changes no key. */
export function spaceParams({ space, nComponents, autoencoder }: ReduceParams): unknown {
  return space === 'scaled' ? space : [space, space === 'codes' ? autoencoder : nComponents];
}
