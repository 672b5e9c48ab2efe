import { later } from './later';
import { laterName } from './load-later';

/** Not a worker but a script for one: it leaves what it has where the worker looks for it. */
Object.assign(globalThis, { [laterName]: later });
