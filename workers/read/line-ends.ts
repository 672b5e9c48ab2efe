/**
 * The parser knows one kind of line end; files mix three. All become \n without a look at the quotes:
 * \r\n already ends with \n and leaves a \r on the last field; a lone \r becomes MARK\n and leaves a MARK.
 * Whatever stood inside quotes is put back exactly, because there the \n is still in the field.
 * MARK is white space, so that the parser allows it between a closing quote and the line end; where the text itself
 * has it, it is doubled.
 */
const mark = '\u1680';
const markPairs = new RegExp(`${mark}(${mark}|\\n)`, 'g');

export class LineEnds {
  #heldBack = '';
  #marked = false;

  /** @param isLast false keeps back a \r at the end of the text, which may be half of a \r\n */
  unify(text: string, isLast: boolean): string {
    let all = this.#heldBack + text;
    this.#heldBack = '';
    if (!isLast && all.endsWith('\r')) {
      this.#heldBack = '\r';
      all = all.slice(0, -1);
    }
    const doubled = all.includes(mark) ? all.replaceAll(mark, mark + mark) : all;
    const unified = doubled.replace(/\r(?!\n)/g, `${mark}\n`);
    if (unified.length !== all.length) this.#marked = true;
    return unified;
  }

  /** Takes what is left of the line end off the last field of a row, and puts back the line ends inside fields. */
  restore(row: string[]): void {
    const last = row.length - 1;
    const end = row[last].at(-1);
    if (end === '\r' || (this.#marked && countMarksAtEnd(row[last]) % 2 === 1)) {
      row[last] = row[last].slice(0, -1);
    }
    if (!this.#marked) return;
    for (let j = 0; j < row.length; j++) {
      if (!row[j].includes(mark)) continue;
      row[j] = row[j].replace(markPairs, (_, next) => (next === mark ? mark : '\r'));
    }
  }
}

function countMarksAtEnd(field: string): number {
  let start = field.length;
  while (start > 0 && field[start - 1] === mark) start--;
  return field.length - start;
}

/** Line ends inside the fields of a row, before `restore`. */
export function countInnerLineEnds(row: readonly string[]): number {
  let count = 0;
  for (const field of row) {
    for (let at = field.indexOf('\n'); at !== -1; at = field.indexOf('\n', at + 1)) count++;
  }
  return count;
}
