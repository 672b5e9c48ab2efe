import { createSimdEngine } from './engines/simd';
import { createWebGpuEngine } from './engines/webgpu';
import { serve } from './serve';

/** The same worker with TensorFlow.js on WebGPU built in; loaded only by choice, where the browser has WebGPU. */
serve({ simd: createSimdEngine, webgpu: createWebGpuEngine });
