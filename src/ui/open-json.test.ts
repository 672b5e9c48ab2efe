import { describe, expect, it } from 'vitest';
import type { Workbench } from '../state/workbench.svelte';
import { openJson } from './open-json';

const nobody = {} as Workbench;
const file = (text: string, name = 'shop.json') => new File([text], name);

describe('a file that was saved here', () => {
  it('is told from the results, which are for scripts', async () => {
    const results = JSON.stringify({ format: 'tessera-results', version: 3 }, null, 2);
    await expect(openJson(nobody, file(results))).rejects.toMatchObject({
      code: 'model-invalid',
      message: expect.stringMatching(
        /“shop\.json” holds results.*Open the project or the model/,
      ) as string,
    });
  });

  it('that was cut off says so, by what it was', async () => {
    for (const [kind, code] of [
      ['project', 'project-invalid'],
      ['recipe', 'recipe-invalid'],
      ['model', 'model-invalid'],
    ] as const) {
      const cut = `{"format": "tessera-${kind}", "version": 1, "na`;
      await expect(openJson(nobody, file(cut))).rejects.toMatchObject({
        code,
        message: expect.stringMatching(new RegExp(`as a ${kind}: .*cut off`)) as string,
      });
    }
  });
});
