/** Milliseconds below which no card can pay: to ask one and to wait for its answer takes about as long. */
export const leastToPay = 4;

/** Milliseconds of one piece of work; infinite where it was not tried. */
export interface Times {
  readonly card: number;
  readonly processor: number;
}

export function inWords({ card, processor }: Times): string {
  return card === Infinity
    ? `${milliseconds(processor)} on the processor, too little for a graphics card to pay`
    : `${milliseconds(card)} on the graphics card, ${milliseconds(processor)} on the processor`;
}

function milliseconds(time: number): string {
  return `${time.toPrecision(2)} ms`;
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
