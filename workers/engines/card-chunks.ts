import type { RowRange } from '../../src/core/engine';
import { AppError } from '../../src/core/errors';
import type { Matrix } from '../../src/core/matrix';
import type { Card, CardProgram, CardTensor } from './card';
import { planChunks } from './chunks';

/** A matrix in equal pieces in the card's memory, uploaded once, when it is first needed. */
export interface CardChunks {
  /** Rows of every piece; the last one is filled up with rows of zeros. */
  readonly rows: number;
  /** @throws AppError `engine-failed`; `internal` after `free` */
  all(): readonly CardTensor[];
  /**
   * Runs a program on every piece and `input`, which it frees.
   *
   * @param take called with each answer, and the rows that it is about
   * @throws AppError `engine-failed`
   */
  run(
    program: CardProgram,
    input: CardTensor,
    uniforms: Readonly<Record<string, number>>,
    take: (said: Float32Array, range: RowRange) => void,
  ): Promise<void>;
  free(): void;
}

export function cardChunks(card: Card, { data, nSamples, nFeatures }: Matrix): CardChunks {
  const { rows, count } = planChunks(nSamples, nFeatures);
  const size = rows * nFeatures;
  let uploaded: CardTensor[] | undefined;
  let freed = false;

  function upload(): CardTensor[] {
    return Array.from({ length: count }, (_, i) => {
      let values = data.subarray(i * size, (i + 1) * size);
      if (values.length < size) {
        const filled = new Float32Array(size);
        filled.set(values);
        values = filled;
      }
      return card.upload(values, rows, nFeatures);
    });
  }

  function all(): readonly CardTensor[] {
    // Work that was queued when somebody gave up comes too late.
    if (freed) throw new AppError('internal', 'The matrix was disposed of already.');
    return (uploaded ??= upload());
  }

  return {
    rows,
    all,
    async run(program, input, uniforms, take) {
      const answers: CardTensor[] = [];
      try {
        // All are queued before the first is read, so that card and processor work at the same time.
        for (const chunk of all()) answers.push(card.run(program, [chunk, input], uniforms));
        for (let first = 0; ; first += rows) {
          const answer = answers.shift();
          if (answer === undefined) return;
          const said = await card.read(answer);
          take(said, { first, end: Math.min(nSamples, first + rows) });
        }
      } finally {
        card.free([...answers, input]);
      }
    },
    free() {
      card.free(uploaded ?? []);
      uploaded = undefined;
      freed = true;
    },
  };
}
