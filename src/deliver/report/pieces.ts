import { markup, raw, type Markup } from './markup';

/** How each segment is drawn, wherever it appears: its colour and the outline of its mark. */
export interface Look {
  readonly shapes: readonly string[];
}

/** Of the page's eight colours, as the style sheet names it. */
export function colorOf(segment: number): string {
  return `var(--segment-${segment % 8})`;
}

export function mark(segment: number, { shapes }: Look): Markup {
  return markup`<svg class="mark" viewBox="0 0 12 12" aria-hidden="true"><path fill="${colorOf(segment)}" d="${shapeOf(segment, shapes)}"/></svg>`;
}

export function shapeOf(segment: number, shapes: readonly string[]): string {
  return shapes[segment % shapes.length];
}

/** A segment's mark and its name, in a heading or a cell. */
export function named(segment: number, name: string, look: Look): Markup {
  return markup`${mark(segment, look)}${name}`;
}

/** So many names have room above the columns of a sheet of paper. */
const mostNames = 6;

/** Segments as heads of columns: by name, or, where there are many, by number and with a legend above. */
export function segmentHeads(
  names: readonly string[],
  look: Look,
): { readonly heads: readonly Markup[]; readonly legend: Markup | null } {
  const isShort = names.length > mostNames;
  return {
    heads: names.map(
      (name, c) =>
        markup`<th scope="col">${mark(c, look)}${isShort ? markup`<abbr title="${name}">${c + 1}</abbr>` : name}</th>`,
    ),
    legend: isShort
      ? markup`<p class="legend">${names.map((name, c) => markup`<span>${c + 1} ${named(c, name, look)}</span> `)}</p>`
      : null,
  };
}

export interface Column {
  readonly title: string | Markup;
  /** Numbers stand on the right. */
  readonly isNumber?: boolean;
}

/** The first cell of each row is its header. */
export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly {
    readonly cells: readonly (string | Markup)[];
    readonly isChosen?: boolean;
  }[],
): Markup {
  const classOf = ({ isNumber }: Column) => raw(isNumber === true ? ' class="n"' : '');
  return markup`<div class="wide"><table aria-label="${caption}">
<thead><tr>${columns.map((column) => markup`<th scope="col"${classOf(column)}>${column.title}</th>`)}</tr></thead>
<tbody>${rows.map(
    ({
      cells,
      isChosen,
    }) => markup`<tr${raw(isChosen === true ? ' class="chosen"' : '')}>${cells.map((cell, j) =>
      j === 0
        ? markup`<th scope="row"${classOf(columns[j])}>${cell}</th>`
        : markup`<td${classOf(columns[j])}>${cell}</td>`,
    )}</tr>
`,
  )}</tbody></table></div>`;
}

export function list(sentences: readonly string[]): Markup {
  return markup`<ul class="said">${sentences.map((sentence) => markup`<li>${sentence}</li>`)}</ul>`;
}

/** In hundredths, "–" where there is none. */
export function hundredths(value: number | null | undefined): string {
  return value === null || value === undefined || !Number.isFinite(value) ? '–' : value.toFixed(2);
}
