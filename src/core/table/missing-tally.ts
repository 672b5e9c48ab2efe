import type { MissingRule } from './missing';
import type { MissingCount } from './read-params';

/** How often each token was read as missing. */
export class MissingTally {
  /** Blank cells: by far the most. */
  #nBlank = 0;
  readonly #counts = new Map<string, number>();

  add(token: string, count = 1): void {
    if (token === '') this.#nBlank += count;
    else this.#counts.set(token, (this.#counts.get(token) ?? 0) + count);
  }

  addCell(cell: string, rule: MissingRule): void {
    if (cell === '') this.#nBlank++;
    else this.add(rule.tokenOf(cell));
  }

  addAll(counts: Iterable<readonly [string, number]>): void {
    for (const [token, count] of counts) this.add(token, count);
  }

  *[Symbol.iterator](): Generator<readonly [string, number]> {
    if (this.#nBlank > 0) yield ['', this.#nBlank];
    for (const entry of this.#counts) if (entry[1] > 0) yield entry;
  }

  /**
   * The most frequent first. Spellings that differ in case alone are counted together, under the most frequent one (of
   * equally frequent ones the first in the order of the alphabet).
   */
  toList(): MissingCount[] {
    const ordered = (list: MissingCount[]) =>
      list.sort((a, b) => b.count - a.count || (a.token < b.token ? -1 : 1));
    const merged = new Map<string, MissingCount>();
    for (const { token, count } of ordered(
      Array.from(this, ([token, count]) => ({ token, count })),
    )) {
      const folded = token.toLowerCase();
      const found = merged.get(folded);
      merged.set(folded, { token: found?.token ?? token, count: count + (found?.count ?? 0) });
    }
    return ordered([...merged.values()]);
  }
}
