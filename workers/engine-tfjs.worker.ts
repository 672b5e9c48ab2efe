import { expose } from 'comlink';
import { createSimdEngine } from './engines/simd';
import { createTfjsEngine } from './engines/tfjs';
import { createService } from './service';

/** The same worker with TensorFlow.js built in; loaded only where there is a graphics card, or by choice. */
expose(createService({ simd: createSimdEngine, tfjs: createTfjsEngine }));
