/**
 * A statement in which every value has a name and is computed once: a chain of common table expressions, each with what
 * can be computed from those before it, and handing on what is still needed.
 */
export interface SqlLayers {
  /** @param uses names of values in the expression @returns the name of the new value */
  readonly define: (expression: string, uses: readonly string[]) => string;
  /** @param needed names that the last one must have @returns the text of all, and the name of the last */
  readonly print: (needed: readonly string[]) => { readonly text: string; readonly last: string };
}

interface Defined {
  readonly name: string;
  readonly expression: string;
  readonly level: number;
  /** The last level that uses it. */
  until: number;
}

/**
 * @param first the columns of the first one: name and expression
 * @param from where they come from
 */
export function createLayers(
  first: readonly { readonly name: string; readonly expression: string }[],
  from: string,
  { as, fence }: { readonly as: string; readonly fence: string },
): SqlLayers {
  const all = new Map<string, Defined>(
    first.map(({ name, expression }) => [name, { name, expression, level: 0, until: 0 }]),
  );
  let count = 0;

  function define(expression: string, uses: readonly string[]): string {
    const used = uses.flatMap((name) => all.get(name) ?? []);
    const level = 1 + Math.max(0, ...used.map((value) => value.level));
    for (const value of used) value.until = Math.max(value.until, level);
    count += 1;
    const name = `t${count}`;
    all.set(name, { name, expression, level, until: level });
    return name;
  }

  function print(needed: readonly string[]) {
    const values = [...all.values()];
    const nLevels = 1 + Math.max(...values.map(({ level }) => level));
    const keep = new Set(needed);
    const layers = Array.from({ length: nLevels }, (_, level) => {
      const handedOn = values
        .filter((value) => value.level < level && (value.until > level || keep.has(value.name)))
        .map(({ name }) => name);
      const added = values
        .filter((value) => value.level === level)
        .map(({ name, expression }) => `${expression} AS ${name}`);
      const columns = [...(handedOn.length > 0 ? [handedOn.join(', ')] : []), ...added];
      const source = level === 0 ? from : layerName(level - 1);
      return `${layerName(level)} ${as} (\n  SELECT\n    ${columns.join(',\n    ')}\n  FROM ${source}${fence}\n)`;
    });
    return { text: layers.join(',\n'), last: layerName(nLevels - 1) };
  }
  return { define, print };
}

function layerName(level: number): string {
  return `tessera_step_${level}`;
}
