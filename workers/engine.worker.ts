import { createSimdEngine } from './engines/simd';
import { serve } from './serve';

/** The worker that every page starts: WebAssembly, and plain loops. */
serve({ simd: createSimdEngine });
