import type { Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { textFile } from './files';
import { expect, test } from './fixture';

const schemes = ['light', 'dark'] as const;
const widths = [320, 360, 768, 1280, 1920] as const;

async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
}

for (const colorScheme of schemes) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('the empty page has no serious barrier', async ({ tessera }) => {
      await expectAccessible(tessera.page);
    });

    test('the page at work has no serious barrier', async ({ tessera }) => {
      await tessera.stallWorker();
      await tessera.page.getByTestId('load-sample').click();
      await tessera.expectState('running');
      await expect(tessera.page.getByTestId('cancel')).toBeVisible();
      await expectAccessible(tessera.page);
      await tessera.expectState('running');
    });

    test('the story has no serious barrier, nor has the page around an old one that waits for a new one', async ({
      tessera,
    }) => {
      test.slow();
      await tessera.loadFewCustomers();
      await tessera.drawCharts();
      await expectAccessible(tessera.page);
      await tessera.stallWorker();
      await tessera.select('Number of segments', '6');
      await expect(tessera.story).toHaveAttribute('data-stale', 'true');
      await expectAccessible(tessera.page);
      await tessera.expectState('running');
    });

    test('a refusal has no serious barrier', async ({ tessera }) => {
      await tessera.chooseFile(textFile('empty.csv', ''));
      await tessera.expectState('failed');
      await expectAccessible(tessera.page);
    });
  });
}

test('at no width anything runs out of the page sideways', async ({ tessera }) => {
  test.slow();
  const { page } = tessera;
  const expectNoOverflow = async (state: string) => {
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      if (state === 'ready') await tessera.drawCharts();
      expect(await overflow(page), `${state}, ${width} px`).toBeLessThanOrEqual(0);
    }
  };
  await expectNoOverflow('empty');
  await tessera.loadFewCustomers();
  await expectNoOverflow('ready');
});

test('a link of the rail leads to its section, though panels on the way are only made then', async ({
  tessera,
}) => {
  const { page } = tessera;
  await tessera.loadFewCustomers();
  for (const [name, id] of Object.entries({ Segments: 'segments', Data: 'data', Save: 'save' })) {
    await page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name }).click();
    // Right below the top bar, or where the page ends before.
    const missedBy = () =>
      page.locator(`#${id}`).evaluate((element) => {
        const { scrollHeight } = document.documentElement;
        const wanted = scrollY + element.getBoundingClientRect().top - 72;
        return Math.abs(scrollY - Math.min(wanted, scrollHeight - innerHeight));
      });
    await expect.poll(missedBy, name).toBeLessThan(8);
  }
});

/** Presses Tab until the focus comes round; returns what had it, and what of that did not show it. */
async function tabStops(page: Page, most: number): Promise<{ names: string[]; unseen: string[] }> {
  // Else the page is still on its way to the focus when it is looked at.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const names: string[] = [];
  const unseen: string[] = [];
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(async () => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || element === document.body) return null;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      const isInView = () => {
        const { left, right, top, bottom } = element.getBoundingClientRect();
        return right > 0 && left < innerWidth && bottom > 0 && top < innerHeight;
      };
      // A panel that is made when one comes near may move it for a moment.
      for (let frame = 0; frame < 30 && !isInView(); frame++) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      const isOnScreen = isInView();
      const hasRing = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
      const label =
        element instanceof HTMLInputElement || element instanceof HTMLSelectElement
          ? (element.labels?.[0]?.querySelector('span')?.textContent ?? element.ariaLabel)
          : (element.ariaLabel ?? element.textContent);
      return {
        name: (label ?? '').trim(),
        isSeen: isOnScreen && (hasRing || boxShadow !== 'none'),
      };
    });
    if (stop === null) break;
    names.push(stop.name);
    if (!stop.isSeen) unseen.push(stop.name);
  }
  return { names, unseen };
}

test('on the empty page the keyboard reaches everything, and shows where it is', async ({
  tessera,
}) => {
  const { names, unseen } = await tabStops(tessera.page, 20);
  expect(names).toEqual(
    expect.arrayContaining(['Choose a file', 'Try the sample', 'open a project or a model']),
  );
  expect(unseen).toEqual([]);
});

test('the keyboard opens the sample and reaches every setting, showing where it is', async ({
  tessera,
}) => {
  const { page } = tessera;
  await page.getByTestId('load-sample').focus();
  await page.keyboard.press('Enter');
  await tessera.expectReady();
  await page.locator('body').press('Home');
  // There are some hundreds of stops: rather walked to the end than guessed at.
  test.setTimeout(240_000);
  const { names, unseen } = await tabStops(page, 1_000);
  for (const setting of [
    'Separator',
    'Missing values become',
    'Number of segments',
    'Kept for testing (%)',
  ]) {
    expect(names).toContain(setting);
  }
  expect(names).toContain('Labelled CSV');
  expect(unseen).toEqual([]);
});

test('what the keyboard has reached stays in sight when something above it grows', async ({
  tessera,
}) => {
  const { page } = tessera;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await tessera.loadFewCustomers();
  const setting = tessera.setting('combobox', 'Missing values become');
  await setting.focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  // The browser holds on to what is at the top of the window, unless that is what grows.
  await page.evaluate(() => {
    document.documentElement.style.overflowAnchor = 'none';
    const story = document.querySelector('main');
    story?.prepend(Object.assign(document.createElement('div'), { className: 'grown' }));
  });
  await expect(setting).toBeInViewport();
  await page.evaluate(() => {
    const grown = document.querySelector<HTMLElement>('.grown');
    if (grown) grown.style.height = '3000px';
  });
  await expect(setting).toBeFocused();
  await expect(setting).toBeInViewport();
});

test('nothing appears above what is pressed until it is let go', async ({ tessera }) => {
  const { page } = tessera;
  await tessera.loadFewCustomers();
  const transform = tessera.section('Transform');
  const skewed = transform.getByRole('button', { name: 'Even out all of them' });
  await page.mouse.move(640, 360);
  await page.mouse.down();
  await transform.evaluate(async (section) => {
    section.scrollIntoView();
    // Longer than the panel takes that is near now, shorter than a press is waited for.
    await new Promise((resolve) => setTimeout(resolve, 400));
  });
  expect(await skewed.count()).toBe(0);
  await page.mouse.up();
  await expect(skewed).toBeVisible();
});

test('a setting is changed and taken back with the keyboard alone', async ({ tessera }) => {
  await tessera.loadFewCustomers();
  const setting = tessera.setting('combobox', 'Missing values become');
  await setting.focus();
  await tessera.rerun(() => setting.press('ArrowDown'));
  await expect(setting).toHaveValue('mean');
  const undo = tessera.page.getByRole('button', { name: 'Undo' });
  await undo.focus();
  await tessera.rerun(() => undo.press('Enter'));
  await expect(setting).toHaveValue('median');
});
