import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Another origin that would answer anything that reached it, and counts what does. */
export class Outside {
  hits = 0;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((_, response) => {
      this.hits++;
      response.writeHead(200, {
        'access-control-allow-origin': '*',
        'content-type': 'text/javascript',
      });
      response.end('globalThis.leaked = true;');
    });
    this.#server.on('upgrade', (_, socket) => {
      this.hits++;
      socket.destroy();
    });
  }

  static async open(): Promise<Outside> {
    const outside = new Outside();
    await new Promise<void>((resolve) => outside.#server.listen(0, 'localhost', resolve));
    return outside;
  }

  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}/`;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    // Chromium connects ahead of a frame that the policy then refuses, and keeps the empty line open.
    this.#server.closeAllConnections();
    await closed;
  }
}
