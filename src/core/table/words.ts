/** A whole number for a sentence: 1234567 -> "1,234,567". */
export function thousands(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** "1 row", "2 rows", "4,212 rows". */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${thousands(count)} ${count === 1 ? singular : plural}`;
}

/** A cell quoted for a sentence, cut when it is long, line breaks made visible as spaces. */
export function quoted(text: string, maxLength = 40): string {
  const flat = text.replace(/\s+/g, ' ');
  return `"${flat.length > maxLength ? `${flat.slice(0, maxLength)}…` : flat}"`;
}

/** "2", "2 and 5", "2, 5 and 9", "2, 5, 9 and 40 more". */
export function listed(items: readonly string[], total = items.length): string {
  const rest = total - items.length;
  const parts = rest > 0 ? [...items, `${thousands(rest)} more`] : items;
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`;
}
