import { expose } from 'comlink';
import { formatCount } from '../src/core/words';
import type { EngineFactories } from './engines/choose';
import { createMember } from './pool/member';
import { createService } from './service';

/** The name by which a worker knows that it is one of the pool. */
const memberName = 'member';

/**
 * One script plays two parts: the worker that the page talks to, and the workers that this one starts to share its work
 * with. So the code of both is loaded once.
 *
 * @param create what the page talks to, if it is not the app's service
 */
export function serve(
  factories: EngineFactories,
  create: (factories: EngineFactories, spawnMember: () => Worker) => object = createService,
): void {
  expose(self.name === memberName ? createMember() : create(factories, spawnMember));
  // The first number of a program that is put into words takes long, and only the first: the page need not wait for it.
  formatCount(0);
}

/** From the address that this worker came from, which `scripts/inline-workers-plugin.mjs` keeps valid. */
function spawnMember(): Worker {
  const type = import.meta.env.DEV ? 'module' : 'classic';
  return new Worker(self.location.href, { name: memberName, type });
}
