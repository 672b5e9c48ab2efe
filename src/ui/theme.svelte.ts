import { MediaQuery } from 'svelte/reactivity';
import type { ChartTheme } from '../charts/theme';

const dark = new MediaQuery('prefers-color-scheme: dark');
const nColors = 8;

/** The tokens of tokens.css as values, for charts; follows the system's light or dark. */
class Theme {
  readonly current = $derived.by((): ChartTheme => {
    // Read for its own sake: the tokens below change with it.
    void dark.current;
    const style = getComputedStyle(document.documentElement);
    const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
    return {
      ink: token('ink'),
      ink2: token('ink-2'),
      ink3: token('ink-3'),
      line: token('line'),
      surface: token('surface'),
      accent: token('accent'),
      segments: Array.from({ length: nColors }, (_, c) => token(`segment-${c}`)),
    };
  });
}

export const theme = new Theme();
