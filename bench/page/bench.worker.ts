import { createSimdEngine } from '../../workers/engines/simd';
import { createFasterEngine } from '../../workers/engines/faster';
import { createTfjsEngine } from '../../workers/engines/tfjs';
import { createWebGpuEngine } from '../../workers/engines/webgpu';
import { serve } from '../../workers/serve';
import { createBench } from './bench';

/** The engines, the pool, the steps and the reader of the app's worker, behind an interface that runs them one by one. */
serve(
  {
    simd: createSimdEngine,
    tfjs: createTfjsEngine,
    webgpu: createWebGpuEngine,
    faster: createFasterEngine,
  },
  createBench,
);
