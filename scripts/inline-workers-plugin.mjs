/** With this, Vite takes the address of an inlined worker back as soon as it runs. */
const revocation =
  /(['"`])\(self\.URL \|\| self\.webkitURL\)\.revokeObjectURL\(self\.location\.href\);\1,/;

/**
 * A Vite plugin that leaves the blob: addresses of inlined workers valid, so that a worker can start more of its kind
 * (`workers/serve.ts`). There are two such addresses at most, and they last as long as the page.
 *
 * @returns {import('vite').Plugin}
 */
export function inlineWorkers() {
  return {
    name: 'inline-workers',
    apply: 'build',
    enforce: 'post',
    transform(code, id) {
      if (!id.includes('?worker') || !id.includes('inline')) return;
      if (!revocation.test(code)) {
        this.error(
          'Vite inlines workers in another way now: see scripts/inline-workers-plugin.mjs',
        );
      }
      return { code: code.replace(revocation, ''), map: null };
    },
  };
}
