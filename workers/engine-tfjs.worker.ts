import { expose } from 'comlink';
import { createTfjsEngine } from './engines/tfjs';
import { createService } from './service';

/** The same worker with TensorFlow.js built in; loaded only where there is a graphics card, or by choice. */
expose(createService({ tfjs: createTfjsEngine }));
