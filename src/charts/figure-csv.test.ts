import { describe, expect, it } from 'vitest';
import type { Figure } from './figure';
import { figureCsv } from './figure-csv';
import { plainText } from './theme';

const margin = { l: 0, r: 0, t: 0, b: 0 };
const title = (text: string) => ({ title: { text: plainText(text) } });
const written = (figure: Figure) => figureCsv(figure).text();

describe('the data of a chart', () => {
  it('are the points of a curve under the names of its axes', async () => {
    const figure = {
      data: [{ x: [1, 2, 3], y: [0.1 + 0.2, NaN, -5] }],
      layout: { margin, xaxis: title('Segments'), yaxis: title('Inertia') },
    };
    expect(await written(figure)).toBe(
      'Segments,Inertia\r\n1,0.30000000000000004\r\n2,\r\n3,-5\r\n',
    );
  });

  it('tell several series apart', async () => {
    const figure = {
      data: [
        { name: 'here', x: Float64Array.of(1), y: [2] },
        { x: ['a'], y: [3] },
      ],
      layout: { margin },
    };
    expect(await written(figure)).toBe('series,x,y\r\nhere,1,2\r\n2,a,3\r\n');
  });

  it('are all customers of a map, with their segments', async () => {
    const cloud = {
      scores: Float32Array.of(1.5, 2, -3, 4),
      labels: Int32Array.of(1, 0),
      x: [0, 1],
      y: [0, 1],
      colors: [],
      receded: '',
      opacity: 1,
    } as const;
    const layout = { margin, xaxis: title('More a & <b> →'), yaxis: title('More c →') };
    expect(await written({ data: [{ x: [0], y: [0] }], layout, cloud })).toBe(
      'More a & <b>,More c,segment\r\n1.5,2,2\r\n-3,4,1\r\n',
    );
  });

  it('give a spreadsheet no formula', async () => {
    const figure = {
      data: [{ x: ['=1+1', '@a'], y: [1, 2] }],
      layout: { margin, yaxis: title('=cmd()') },
    };
    expect(await written(figure)).toBe(`x,"'=cmd()"\r\n"'=1+1",1\r\n"'@a",2\r\n`);
  });

  it('are called as the title says where axes have no names', async () => {
    const figure = { data: [{ x: [1], y: [2] }], layout: { margin } };
    const csv = await figureCsv(figure, 'Inertia by number of segments').text();
    expect(csv).toBe('number of segments,Inertia\r\n1,2\r\n');
  });

  it('may be none', async () => {
    expect(await written({ data: [], layout: { margin } })).toBe('x,y\r\n');
  });
});
