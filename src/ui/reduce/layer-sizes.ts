import { limits } from '../../contract/recipe-schema';

/** "85, 68, 51" */
export function sizesText(sizes: readonly number[]): string {
  return sizes.join(', ');
}

/** @returns the widths in a text of numbers; null where it is none or they are out of range */
export function parseSizes(text: string): number[] | null {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '');
  const { layerSize, nHiddenLayers } = limits;
  if (parts.length > nHiddenLayers.max || !parts.every((part) => /^\d{1,4}$/.test(part)))
    return null;
  const sizes = parts.map(Number);
  return sizes.every((size) => size >= layerSize.min && size <= layerSize.max) ? sizes : null;
}
