import { expect, it } from 'vitest';
import { parseSizes, sizesText } from './layer-sizes';

it('widths of layers are read as people write them', () => {
  expect(parseSizes('85, 68, 51')).toEqual([85, 68, 51]);
  expect(parseSizes(' 32 16; 8 ')).toEqual([32, 16, 8]);
  expect(parseSizes('')).toEqual([]);
  expect(parseSizes(sizesText([32, 16]))).toEqual([32, 16]);
});

it.for(['x', '1.5', '-3', '0', '513', '99999', '1,1,1,1,1,1,1,1,1'])('%s are none', (text) => {
  expect(parseSizes(text)).toBeNull();
});
