import { test as base } from '@playwright/test';
import { Guard } from './guard';
import { TesseraPage } from './tessera-page';

export { expect } from '@playwright/test';

interface Fixtures {
  /** Under every test, asked for or not. */
  readonly guard: Guard;
  /** The page, opened and empty. */
  readonly tessera: TesseraPage;
}

/** The test of every spec: whatever it does, the page must stay silent. Each has a browser storage of its own. */
export const test = base.extend<Fixtures>({
  guard: [
    async ({ context, baseURL }, use) => {
      if (baseURL === undefined) throw new Error('playwright.config.ts sets a baseURL.');
      const guard = new Guard(context, baseURL);
      await use(guard);
      guard.assertSilent();
    },
    { auto: true },
  ],
  // The guard is named so that it watches before the page is opened.
  tessera: async ({ page, guard: _guard }, use) => {
    const tessera = new TesseraPage(page);
    await tessera.open();
    await use(tessera);
  },
});
