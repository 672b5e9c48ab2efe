import { expose } from 'comlink';
import { createSimdEngine } from './engines/simd';
import { createService } from './service';

/** The worker that every page starts: WebAssembly, and plain loops. */
expose(createService({ simd: createSimdEngine }));
