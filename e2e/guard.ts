import { expect, type BrowserContext, type Page, type Request } from '@playwright/test';
import { buildFiles } from './build-files';

/**
 * Watches a whole browser context, workers included, for what must never happen: an error in the console, a request that
 * is not a plain GET of a file of the build, a socket, a popup, a dialog.
 */
export class Guard {
  readonly requests: Request[] = [];
  readonly #problems: string[] = [];
  readonly #forgiven: RegExp[] = [];
  readonly #files = buildFiles();
  readonly #base: string;

  /** @param base address of the page, ending in a slash */
  constructor(context: BrowserContext, base: string) {
    this.#base = base;
    context.on('request', (request) => this.#onRequest(request));
    context.on('weberror', (error) => this.#tell(`page error: ${error.error().message}`));
    context.on('console', (message) => {
      if (message.type() === 'error') this.#tell(`console: ${message.text()}`);
    });
    context.on('page', (page) => this.#onPage(page, context));
    for (const page of context.pages()) this.#onPage(page, context);
  }

  /** For tests that provoke something: a problem that matches is what they are after. */
  forgive(pattern: RegExp): void {
    this.#forgiven.push(pattern);
  }

  assertSilent(): void {
    const problems = this.#problems.filter(
      (problem) => !this.#forgiven.some((pattern) => pattern.test(problem)),
    );
    expect(problems, 'errors, foreign requests, popups').toEqual([]);
  }

  #tell(problem: string): void {
    this.#problems.push(problem);
  }

  #onPage(page: Page, context: BrowserContext): void {
    if (context.pages().indexOf(page) > 0) this.#tell(`popup: ${page.url()}`);
    page.on('websocket', (socket) => this.#tell(`socket: ${socket.url()}`));
    page.on('dialog', (dialog) => {
      this.#tell(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('download', (download) => {
      if (!download.url().startsWith('blob:')) this.#tell(`download: ${download.url()}`);
    });
  }

  #onRequest(request: Request): void {
    this.requests.push(request);
    const url = request.url();
    // The page's own bytes under another name: nothing goes anywhere.
    if (url.startsWith('blob:') || url.startsWith('data:')) return;
    if (request.method() !== 'GET') this.#tell(`${request.method()} ${url}`);
    const path = url.startsWith(this.#base) ? url.slice(this.#base.length) : null;
    if (path === null) this.#tell(`foreign request: ${url}`);
    else if (path !== '' && !this.#files.has(path)) this.#tell(`not a file of the build: ${url}`);
  }
}
