import PlainWorker from '../../workers/engine.worker?worker&inline';
import later from '../../workers/later.worker?worker&url';
import type { Spawn } from './bridge';

/** The rest of the worker's code (`workers/later.ts`), which a worker from a blob: address can only find by its full one. */
export const laterAddress = new URL(later, document.baseURI).href;

/**
 * Workers are built into the page and started from blob: URLs, because only such a worker is bound by the page's content
 * security policy on a host that cannot send headers (docs/decisions/0003). Those with TensorFlow.js are chunks of
 * their own, loaded when they are wanted.
 */
export const spawnWorker: Spawn = async (kind) => {
  switch (kind) {
    case 'plain':
      return new PlainWorker();
    case 'tfjs': {
      const { default: TfjsWorker } =
        await import('../../workers/engine-tfjs.worker?worker&inline');
      return new TfjsWorker();
    }
    case 'webgpu': {
      // Without it that worker would compute as the plain one does.
      if (!('gpu' in navigator)) return new PlainWorker();
      const { default: WebGpuWorker } =
        await import('../../workers/engine-webgpu.worker?worker&inline');
      return new WebGpuWorker();
    }
  }
};
