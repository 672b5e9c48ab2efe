import { beforeAll, describe, expect, it } from 'vitest';
import type { SegmentModel } from '../src/core/model';
import { createFollower } from '../src/state/follow';
import { linesOf, scoreHere } from '../workers/score/score-for-test';
import { quickRecipe, runPipeline, sampleText } from './helpers/pipeline';

describe('a file that is followed', () => {
  const lines = linesOf(sampleText(60));
  const upTo = (n: number) => `${lines.slice(0, n + 1).join('\n')}\n`;
  let model: SegmentModel;
  beforeAll(async () => {
    ({ model } = await runPipeline(sampleText(300), quickRecipe));
  });

  function follower() {
    let nBytes = 0;
    const { poll } = createFollower(
      async (part, settings) => {
        nBytes += part.size;
        return scoreHere(await part.text(), model, settings);
      },
      model.segments.length,
      model.inputs.map(({ name }) => (name === 'TENURE' ? { kind: 'number', edges: [11] } : null)),
    );
    return {
      poll: (content: string) => poll(new Blob([content])),
      bytesScored: () => nBytes,
    };
  }

  it('ends where scoring it as a whole would', async () => {
    const { poll } = follower();
    for (const n of [20, 21, 21, 22, 40]) await poll(upTo(n));
    const followed = await poll(upTo(60));
    const whole = await scoreHere(upTo(60), model, {
      bins: model.inputs.map(({ name }) =>
        name === 'TENURE' ? { kind: 'number', edges: [11] } : null,
      ),
    });
    expect(followed).toMatchObject({
      nRows: 60,
      nArrived: 40,
      counts: whole.counts,
      nUnlike: whole.nUnlike,
      nRowsFilled: whole.nRowsFilled,
      bins: whole.bins,
      isPending: false,
      begunAnew: null,
    });
    const cells = linesOf(whole.text)
      .slice(1)
      .map((line) => line.split(','));
    expect(followed.last.map(({ first }) => first)).toEqual(
      cells
        .slice(-8)
        .map(([id]) => id)
        .toReversed(),
    );
    expect(followed.last.map(({ segment }) => String(segment + 1))).toEqual(
      cells
        .slice(-8)
        .map((row) => row.at(-7))
        .toReversed(),
    );
  });

  it('reads what is new, and the header with it', async () => {
    const { poll, bytesScored } = follower();
    await poll(upTo(50));
    const before = bytesScored();
    await poll(upTo(51));
    expect(bytesScored() - before).toBe(lines[0].length + 1 + lines[51].length + 1);
  });

  it('waits for the first row, and for the end of a line', async () => {
    const { poll } = follower();
    expect(await poll(`${lines[0]}\n`)).toMatchObject({ nRows: 0 });
    expect(await poll(`${upTo(1)}${lines[2].slice(0, 9)}`)).toMatchObject({
      nRows: 1,
      isPending: true,
    });
    expect(await poll(upTo(2))).toMatchObject({ nRows: 2, isPending: false });
    expect(await poll(`${upTo(2)}\n\n`)).toMatchObject({ nRows: 2 });
    expect(await poll(`${upTo(2)}\n\n${lines[3]}\n`)).toMatchObject({ nRows: 3 });
  });

  it('counts anew when the file was cut off or replaced, and says so', async () => {
    const { poll } = follower();
    await poll(upTo(30));
    expect(await poll(upTo(5))).toMatchObject({ nRows: 5, nArrived: 0, begunAnew: 'shorter' });
    const other = `"${lines[0].split(',')[0]}"${lines[0].slice(lines[0].indexOf(','))}\n${lines.slice(1, 21).join('\n')}\n`;
    expect(await poll(other)).toMatchObject({ nRows: 20, begunAnew: 'replaced' });
  });

  it('takes a row with gaps only for what it is', async () => {
    const { poll } = follower();
    await poll(upTo(3));
    const cells = lines[4].split(',').map((cell, j) => (j === 0 ? cell : ''));
    const followed = await poll(`${upTo(3)}${cells.join(',')}\n`);
    expect(followed.nRows).toBe(4);
    expect(followed.last[0].filled.split('; ')).toHaveLength(model.features.length);
  });

  it('that is not plain, or lacks the columns, is refused', async () => {
    const broken = upTo(5).replace(/\n([^,]*),/, '\n"a\nb",');
    await expect(follower().poll(broken)).rejects.toMatchObject({ code: 'file-not-a-table' });
    await expect(follower().poll('a,b\n1,2\n3,4\n')).rejects.toMatchObject({
      code: 'model-columns-missing',
    });
  });
});
