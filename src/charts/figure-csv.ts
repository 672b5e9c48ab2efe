import type { Column } from '../core/table/table';
import { writeCsv } from '../core/table/write-csv';
import type { Cloud } from './cloud';
import type { Figure } from './figure';

/**
 * The data of a chart as CSV: the points of its curves and bars (`series` tells them apart where there are several), and
 * of a map every customer with the number of the segment, also those that are not drawn. Names of axes are those of the
 * picture; numbers keep every digit.
 *
 * @param title of a chart without names of axes: one "of this by that" is that of y by x
 */
export function figureCsv({ data, layout, cloud }: Figure, title = ''): Blob {
  const [, ofY = 'y', byX = 'x'] = /^(.+?) by (.+)$/.exec(title) ?? [];
  const x = axisName(layout.xaxis, byX);
  const second = axisName(layout.yaxis, ofY);
  const y = second === x ? `${second}, upwards` : second;
  const columns = cloud === undefined ? curveColumns(data, x, y) : cloudColumns(cloud, x, y);
  const nRows = columns[0].kind === 'category' ? columns[0].codes.length : columns[0].values.length;
  const table = { nRows, columns, lines: Int32Array.from({ length: nRows }, (_, i) => i + 2) };
  return new Blob([...writeCsv(table)], { type: 'text/csv' });
}

function curveColumns(data: Figure['data'], x: string, y: string): Column[] {
  const points = data.flatMap((trace, at) => {
    const [across, up] = [listOf(trace.x), listOf(trace.y)];
    const name = typeof trace.name === 'string' ? asWritten(trace.name) : String(at + 1);
    const length = Math.max(across.length, up.length);
    return Array.from({ length }, (_, i) => [name, cell(across[i]), cell(up[i])] as const);
  });
  const column = (name: string, at: 0 | 1 | 2): Column => {
    return { kind: 'text', name, values: points.map((point) => point[at]) };
  };
  const series = data.length > 1 ? [column('series', 0)] : [];
  return [...series, column(x, 1), column(y, 2)];
}

function cloudColumns({ scores, labels }: Cloud, x: string, y: string): Column[] {
  const values = (dimension: 0 | 1) =>
    Float64Array.from(labels, (_, i) => scores[2 * i + dimension]);
  return [
    { kind: 'number', name: x, values: values(0) },
    { kind: 'number', name: y, values: values(1) },
    { kind: 'number', name: 'segment', values: Float64Array.from(labels, (label) => label + 1) },
  ];
}

function listOf(values: unknown): readonly unknown[] {
  if (Array.isArray(values)) return values as unknown[];
  return ArrayBuffer.isView(values) ? Array.from(values as Float64Array) : [];
}

function cell(value: unknown): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : null;
  return typeof value === 'string' ? asWritten(value) : null;
}

function axisName(axis: unknown, otherwise: string): string {
  const title = (axis as { readonly title?: { readonly text?: unknown } | string } | undefined)
    ?.title;
  const text = typeof title === 'string' ? title : title?.text;
  return typeof text === 'string' ? asWritten(text).replace(/\s*→$/, '') || otherwise : otherwise;
}

/** What `plainText` has made safe for plotly, as it stood in the file. */
function asWritten(text: string): string {
  return text
    .replaceAll(/<\/?(?:b|i|br)\s*\/?>/g, '')
    .replaceAll('%\u200b{', '%{')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&');
}
