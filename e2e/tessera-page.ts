import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';
import { fewCustomers, type TestFile } from './files';
import type { ResultsFile } from './results-file';

export type PageState = 'empty' | 'running' | 'ready' | 'failed';
type DownloadButton = 'download-results' | 'download-labels' | 'download-model' | 'download-scores';

/** What a user does on the page, in words. */
export class TesseraPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.goto('./');
    await this.expectEmpty();
  }

  /** A visit later: the browser's storage stays. */
  async reload(): Promise<void> {
    await this.page.reload();
  }

  get story(): Locator {
    return this.page.locator('#story');
  }

  get error(): Locator {
    return this.page.getByTestId('error');
  }

  section(title: string): Locator {
    return this.page.getByRole('region', { name: title, exact: true });
  }

  async expectState(state: PageState, timeout = 30_000): Promise<void> {
    await expect(this.page.locator('body')).toHaveAttribute('data-state', state, { timeout });
  }

  async expectEmpty(): Promise<void> {
    await this.expectState('empty');
    await expect(this.page.getByTestId('load-sample')).toBeVisible();
  }

  async expectReady(timeout?: number): Promise<void> {
    await this.expectState('ready', timeout);
    await expect(this.story).toBeVisible();
  }

  /** The story, and what it does not wait for. */
  async expectAllDone(): Promise<void> {
    const isDone = async () => {
      const { trust, personas } = await this.results();
      return trust !== null && personas !== null;
    };
    await expect.poll(isDone, { timeout: 30_000 }).toBe(true);
  }

  /** Does something that makes the page compute anew, and waits for the new answer. */
  async rerun(act: () => Promise<void>, timeout?: number): Promise<void> {
    const seen = await this.page.evaluateHandle(() => {
      const run = { hasBegun: false };
      new MutationObserver(() => {
        if (document.body.dataset.state === 'running') run.hasBegun = true;
      }).observe(document.body, { attributes: true });
      return run;
    });
    await act();
    await expect.poll(() => seen.evaluate((run) => run.hasBegun), 'a run began').toBe(true);
    await this.expectReady(timeout);
  }

  /** Keeps the worker from answering for longer than any test looks, so that the page stays at work. */
  async stallWorker(): Promise<void> {
    // It is started when the page opens, before it is needed; those that share its work come after it.
    await expect.poll(() => this.page.workers().length).toBeGreaterThanOrEqual(1);
    const [worker] = this.page.workers();
    // What blocks it has begun when this returns, or nearly so: it must not come after what it is to hold.
    await worker.evaluate(() => {
      setTimeout(() => {
        const end = Date.now() + 60_000;
        while (Date.now() < end);
      });
    });
  }

  async loadSample(): Promise<void> {
    await this.page.getByTestId('load-sample').click();
    await this.expectReady();
  }

  /** For what does not depend on how many they are. */
  async loadFewCustomers(): Promise<void> {
    await this.segment(fewCustomers());
  }

  async chooseFile({ name, bytes }: TestFile): Promise<void> {
    const file = { name, mimeType: 'text/csv', buffer: bytes };
    await this.page.getByTestId('file-input').setInputFiles(file);
  }

  /** Drops files anywhere on the page, as from a file manager. */
  async dropFiles(...files: TestFile[]): Promise<void> {
    const contents = files.map(({ name, bytes }) => ({ name, base64: bytes.toString('base64') }));
    const dataTransfer = await this.page.evaluateHandle((dropped) => {
      const transfer = new DataTransfer();
      for (const { name, base64 } of dropped) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        transfer.items.add(new File([bytes], name));
      }
      return transfer;
    }, contents);
    await this.page.locator('#app').dispatchEvent('drop', { dataTransfer });
  }

  /** Brings every chart into view until it is there. */
  async drawCharts(): Promise<void> {
    for (const chart of await this.page.locator('.canvas').all()) {
      await chart.scrollIntoViewIfNeeded();
      await expect(chart.locator('.main-svg').first()).toBeVisible();
    }
  }

  /** Chooses a file and waits for its story. */
  async segment(file: TestFile): Promise<void> {
    await this.chooseFile(file);
    await this.expectReady();
  }

  async openModel(text: string, name = 'model.json'): Promise<void> {
    const file = { name, mimeType: 'application/json', buffer: Buffer.from(text) };
    await this.page.getByTestId('model-input').setInputFiles(file);
  }

  async score({ name, bytes }: TestFile): Promise<void> {
    const file = { name, mimeType: 'text/csv', buffer: bytes };
    await this.page.getByTestId('score-input').setInputFiles(file);
    await expect(this.page.getByTestId('score-summary')).toBeVisible({ timeout: 30_000 });
  }

  /** Presses a button of the page that saves a file, and reads that file. */
  async download(button: DownloadButton): Promise<{ name: string; text: string }> {
    const coming = this.page.waitForEvent('download');
    await this.page.getByTestId(button).click();
    const download = await coming;
    const text = await readFile(await download.path(), 'utf8');
    return { name: download.suggestedFilename(), text };
  }

  async results(): Promise<ResultsFile> {
    const { text } = await this.download('download-results');
    return JSON.parse(text) as ResultsFile;
  }

  /** A field among the settings of a section: a list to choose from, or a number. */
  setting(role: 'combobox' | 'spinbutton', label: string): Locator {
    return this.page.getByRole(role, { name: label, exact: true });
  }

  /** The label of the engine goes on with the one that is at work. */
  async chooseEngine(name: string): Promise<void> {
    await this.page.getByRole('combobox', { name: /^Computed on/ }).selectOption({ label: name });
  }

  async select(label: string, option: string): Promise<void> {
    await this.setting('combobox', label).selectOption({ label: option });
  }

  async type(label: string, value: number): Promise<void> {
    const field = this.setting('spinbutton', label);
    await field.fill(String(value));
    await field.press('Enter');
  }

  /** The input of one column in the form that predicts. */
  field(column: string): Locator {
    return this.page.getByTestId('predict-form').locator(`input[data-column="${column}"]`);
  }

  get prediction(): Locator {
    return this.page.getByTestId('prediction');
  }

  async predictedSegment(): Promise<string | null> {
    return this.prediction.getAttribute('data-segment');
  }
}
