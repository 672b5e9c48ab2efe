const longest = 40;

/**
 * A column's name as it stands in a sentence: as it is in the file, in quotation marks where it could be taken for other
 * words, cut where it is long.
 */
export function columnName(name: string): string {
  const flat = name.replace(/\s+/g, ' ').trim();
  const cut = flat.length > longest ? `${Array.from(flat).slice(0, longest).join('')}…` : flat;
  return /^[\p{L}\p{N}_.%#-]*[\p{Lu}_\p{N}][\p{L}\p{N}_.%#-]*$/u.test(flat) ? cut : `“${cut}”`;
}
