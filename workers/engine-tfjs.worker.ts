import { createFasterEngine } from './engines/faster';
import { createSimdEngine } from './engines/simd';
import { createTfjsEngine } from './engines/tfjs';
import { serve } from './serve';

/** The same worker with TensorFlow.js built in; loaded only where there is a graphics card, or by choice. */
serve({ simd: createSimdEngine, tfjs: createTfjsEngine, faster: createFasterEngine });
