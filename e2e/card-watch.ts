/* eslint-disable @typescript-eslint/unbound-method -- methods of prototypes are wrapped here, and called with their own this */
import type { Page, Worker } from '@playwright/test';

/** What the graphics card of a worker was asked to do. */
interface CardRecord {
  /** Draws of each of the engine's programs, by its name ("nearest 17"), which is a comment in its code. */
  readonly draws: Record<string, number>;
}

declare global {
  var cardRecord: CardRecord | undefined;
}

/** After so many draws of a program the context is lost, as when the system takes the card away. */
export interface Loss {
  readonly program: string;
  readonly draws: number;
}

/** Watches WebGL and WebGPU in every worker that starts from now on. */
export class CardWatch {
  readonly #workers: Worker[] = [];

  constructor(page: Page, loss?: Loss) {
    page.on('worker', (worker) => {
      this.#workers.push(worker);
      // A worker that has ended meanwhile has nothing to tell.
      worker.evaluate(watchCard, loss).catch(() => undefined);
    });
  }

  /** Programs of the engine that ran in any worker. */
  async programs(): Promise<string[]> {
    const records = await Promise.all(
      this.#workers.map((worker) =>
        worker.evaluate(() => globalThis.cardRecord?.draws ?? {}).catch(() => ({})),
      ),
    );
    return [...new Set(records.flatMap((draws) => Object.keys(draws)))].sort();
  }
}

/** Runs in the worker. */
function watchCard(loss: Loss | undefined): void {
  const draws: Record<string, number> = {};
  globalThis.cardRecord = { draws };
  const kinds = [
    ...['nearest', 'distances', 'products', 'project', 'bins'],
    ...['layer', 'activate', 'errors', 'slopes', 'back', 'gradients', 'moments', 'step'],
  ];
  const pattern = new RegExp(`// ((?:${kinds.join('|')}) \\d+)`);
  const nameIn = (code: string) => pattern.exec(code)?.[1];
  const count = (name: string | undefined): number =>
    name === undefined ? 0 : (draws[name] = (draws[name] ?? 0) + 1);

  const gl = WebGL2RenderingContext.prototype;
  const { shaderSource, attachShader, useProgram, drawElements } = gl;
  const names = new Map<unknown, string | undefined>();
  let current: string | undefined;
  gl.shaderSource = function (shader, source) {
    names.set(shader, nameIn(source));
    shaderSource.call(this, shader, source);
  };
  gl.attachShader = function (program, shader) {
    names.set(program, names.get(shader) ?? names.get(program));
    attachShader.call(this, program, shader);
  };
  gl.useProgram = function (program) {
    current = names.get(program);
    useProgram.call(this, program);
  };
  gl.drawElements = function (...all) {
    drawElements.apply(this, all);
    const isLast = count(current) === loss?.draws && current === loss.program;
    if (isLast) this.getExtension('WEBGL_lose_context')?.loseContext();
  };

  if (!('gpu' in navigator)) return;
  const { createShaderModule } = GPUDevice.prototype;
  GPUDevice.prototype.createShaderModule = function (descriptor) {
    // WebGPU binds programs out of sight: that one was made is what there is to see.
    count(nameIn(descriptor.code));
    return createShaderModule.call(this, descriptor);
  };
}
