import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/**
 * No violation of WCAG 2.2 A and AA, nor of axe's good practice, that is serious or critical. What is dimmed because it
 * is about to be replaced is left out: it is faint on purpose.
 *
 * @param within the part of the page that is looked at; all of it if absent
 */
export async function expectAccessible(page: Page, within = 'html'): Promise<void> {
  // Legacy mode works in the page that is there; otherwise axe opens a second one, which no test may.
  const axe = new AxeBuilder({ page })
    .include(within)
    .exclude('[data-stale="true"]')
    .setLegacyMode();
  const isDark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  const { violations } = await (isDark ? axe.withRules('color-contrast') : axe).analyze();
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.html).join(' | ')})`);
  expect(grave).toEqual([]);
}
