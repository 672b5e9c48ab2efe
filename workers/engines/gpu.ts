/** A WebGL 2 context of our own: TensorFlow.js would make one that nobody watches, and none at all in Safari. */
export interface GpuContext {
  readonly canvas: OffscreenCanvas;
  readonly gl: WebGL2RenderingContext;
  /** The name of the graphics card, for people. */
  readonly renderer: string;
  /** The card is imitated by the processor: correct, but slower than any other engine. */
  readonly software: boolean;
}

const softwareRenderer = /swiftshader|llvmpipe|softpipe|software|basic render/i;

export function isSoftwareRenderer(renderer: string): boolean {
  return softwareRenderer.test(renderer);
}

/** @returns null where there is no WebGL 2 in a worker, or only an imitated one and that is not allowed */
export function openGpu(allowSoftware: boolean): GpuContext | null {
  if (typeof OffscreenCanvas === 'undefined') return null;
  const canvas = new OffscreenCanvas(1, 1);
  const gl = canvas.getContext('webgl2', {
    alpha: false,
    antialias: false,
    depth: false,
    stencil: false,
    premultipliedAlpha: false,
    preserveDrawingBuffer: false,
    powerPreference: 'high-performance',
    failIfMajorPerformanceCaveat: !allowSoftware,
  });
  if (gl === null) return null;
  const renderer = rendererName(gl);
  const gpu = { canvas, gl, renderer, software: isSoftwareRenderer(renderer) };
  if (gpu.software && !allowSoftware) {
    releaseGpu(gpu);
    return null;
  }
  return gpu;
}

/** Browsers keep few contexts alive and drop the oldest: give one back as soon as it is not needed. */
export function releaseGpu(gpu: GpuContext): void {
  gpu.gl.getExtension('WEBGL_lose_context')?.loseContext();
}

/** Whether a real graphics card is there. Cheap: it opens a context, reads one name, and gives the context back. */
export function probeGpu(): { renderer: string } | null {
  const gpu = openGpu(false);
  if (gpu === null) return null;
  releaseGpu(gpu);
  return { renderer: gpu.renderer };
}

function rendererName(gl: WebGL2RenderingContext): string {
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const name: unknown = gl.getParameter(info === null ? gl.RENDERER : info.UNMASKED_RENDERER_WEBGL);
  return typeof name === 'string' && name !== '' ? name : 'unknown graphics card';
}
