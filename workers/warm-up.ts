import type { Source } from '../src/contract/api';
import type { Engine } from '../src/core/engine';
import { defaultRecipe } from '../src/core/recipe';
import { steps, type StepContext } from '../src/core/steps';
import { readTable } from './read/read-table';
import { bytesOf } from './source';

/** Enough rows for the compilers of the browser to take notice of every loop. */
const practice: Source = { kind: 'sample', name: 'practice', nRows: 3_000, seed: 1 };

/**
 * Tells the story of made-up customers, for nobody. A browser compiles code well only once it has run for a while: the
 * first real file then meets code that has. Where somebody asks for something, `breathe` ends it.
 *
 * @param engine of this worker alone: those that would share the work are started when there is some
 */
export async function warmUp(engine: Engine, breathe: () => Promise<void>): Promise<void> {
  const progress = () => undefined;
  const ctx: StepContext = {
    engine,
    breathe,
    progress,
    readTable: (params) => readTable(bytesOf(practice), params, { progress, breathe }),
    later: () => Promise.reject(new Error('A practice needs nothing later.')),
  };
  const recipe = defaultRecipe;
  const read = await steps.read.run({}, recipe, ctx);
  const derive = await steps.derive.run({ read }, recipe, ctx);
  const clean = await steps.clean.run({ derive }, recipe, ctx);
  const encode = await steps.encode.run({ clean }, recipe, ctx);
  const scale = await steps.scale.run({ encode }, recipe, ctx);
  const pca = await steps.pca.run({ scale }, recipe, ctx);
  const space = await steps.space.run({ scale, pca }, recipe, ctx);
  const sweep = await steps.sweep.run({ scale, space }, recipe, ctx);
  const cluster = await steps.cluster.run({ encode, scale, space, sweep }, recipe, ctx);
  await steps.profile.run({ encode, cluster }, recipe, ctx);
  await steps.tree.run({ encode, cluster }, recipe, ctx);
  await steps.ward.run({ space }, recipe, ctx);
}
