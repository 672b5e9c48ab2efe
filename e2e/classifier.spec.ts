import { readFile } from 'node:fs/promises';
import { expectAccessible } from './axe';
import { expect, test } from './fixture';

test('the tree is walked by keyboard, its customers are listed, and a short form is used', async ({
  tessera,
}) => {
  const { page } = tessera;
  await tessera.loadFewCustomers();
  await page.locator('#classifier').scrollIntoViewIfNeeded();
  await page.locator('#classifier h3', { hasText: 'Segment by segment' }).scrollIntoViewIfNeeded();
  await expect(page.getByTestId('tree-importances').getByRole('row')).toHaveCount(11);
  await page.getByTestId('tree-importances').scrollIntoViewIfNeeded();

  const items = page.getByTestId('tree').getByRole('treeitem');
  await items.first().scrollIntoViewIfNeeded();
  await items.first().focus();
  await expect(items.first()).toHaveAttribute('aria-level', '1');
  const nShown = await items.count();
  await page.keyboard.press('ArrowRight');
  const second = page.locator('[role="treeitem"]:focus');
  await expect(second).toHaveAttribute('aria-level', '2');
  // Closed, it hides what is below; opened again, it is all back.
  await page.keyboard.press('ArrowLeft');
  await expect(second).toHaveAttribute('aria-expanded', 'false');
  expect(await items.count()).toBeLessThan(nShown);
  await page.keyboard.press('ArrowRight');
  await expect(items).toHaveCount(nShown);

  const label = (await second.getAttribute('aria-label')) ?? '';
  const [count = 'no'] = /[\d,]+(?= customers?)/.exec(label) ?? [];
  await expect(page.getByTestId('tree-path')).toContainText(`${count} customers`);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('drawer').getByRole('heading')).toContainText(
    `${count} customers: `,
  );
  await expectAccessible(page, '#classifier');

  await page.getByTestId('open-rules').click();
  const [rules] = await Promise.all([
    page.waitForEvent('download'),
    page.getByTestId('download-tree-rules').click(),
  ]);
  expect(await readFile(await rules.path(), 'utf8')).toMatch(/^IF \S+ (<=|>) /m);

  await page.getByRole('button', { name: 'Find the fewest fields' }).click();
  const fewest = page.getByTestId('fewest');
  await fewest.getByRole('radio', { name: '2 fields', exact: true }).check();
  const form = page.getByTestId('short-form');
  await form.getByRole('combobox').selectOption('ONNX');
  const [model] = await Promise.all([
    page.waitForEvent('download'),
    form.getByRole('button', { name: 'Download' }).click(),
  ]);
  expect(model.suggestedFilename()).toMatch(/\.short\.segments\.onnx$/);
  expect((await readFile(await model.path())).includes('ArgMin')).toBe(true);
  await form.getByRole('button', { name: 'Use as the form under Predict' }).click();
  await expect(page.locator('#predict input[type="range"]')).toHaveCount(2);
});
