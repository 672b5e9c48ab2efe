import type { Queries, QueryKind } from '../contract/queries';
import { CancelledError } from '../core/errors';
import { inFileOrder, type RowOrder } from '../core/select/order-rows';
import type { RowPage } from '../core/select/row-page';
import type { Selection } from '../core/select/selection';

/** Some of the customers: whom, in words, and what the worker says of them. */
export interface Selected {
  readonly selection: Selection;
  /** The words of whoever selected, where there are better ones than those of the selection. */
  readonly ownTitle?: string;
  /** How many there are; null until that is known for the source and the recipe that are chosen now. */
  readonly nRows: number | null;
  /** 1 for those that are selected, by row of the story; null until known, and where there are no segments. */
  readonly kept: Uint8Array | null;
}

/** The selected customers that are listed. */
export interface Listed extends RowPage {
  readonly order: RowOrder;
  /** Place of the first one among all that are selected, from 0. */
  readonly first: number;
}

/** What a selection needs of the workbench. */
export interface Ground {
  ask<Kind extends QueryKind>(
    kind: Kind,
    question: Queries[Kind]['question'],
    signal: AbortSignal,
  ): Promise<Queries[Kind]['answer']>;
  /** Whether source and recipe are settled: while they are being computed, questions wait. */
  canAsk(): boolean;
  report(error: unknown): void;
}

/** Customers that are listed at a time. */
export const pageLength = 50;

/** The customers that are selected, in whatever picture, and those of them that are listed. */
export class Selecting {
  selected = $state.raw<Selected | null>(null);
  /** Null until there is an answer; while the next page is on its way, the one before. */
  listed = $state.raw<Listed | null>(null);
  /** The order and the place that are wanted: those of `listed` when it is there. */
  order = $state.raw<RowOrder>(inFileOrder);
  first = $state.raw(0);
  /** The others are not on the map at all. */
  isAlone = $state.raw(false);
  readonly #ground: Ground;
  #question = new AbortController();
  #page = new AbortController();

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  select(selection: Selection, ownTitle?: string, order: RowOrder = inFileOrder): Promise<void> {
    this.order = order;
    this.first = 0;
    this.selected = { selection, ownTitle, nRows: null, kept: null };
    this.suspend();
    return this.resume();
  }

  clear(): void {
    this.selected = null;
    this.isAlone = false;
    this.suspend();
  }

  /** Source or recipe are others: what is known of the selected customers is not true any more. */
  suspend(): void {
    this.#question.abort();
    this.#page.abort();
    this.listed = null;
    if (this.selected === null) return;
    this.selected = { ...this.selected, nRows: null, kept: null };
  }

  /** Asks what is not known, if it can be known. */
  async resume(): Promise<void> {
    const wanted = this.selected;
    if (wanted === null || wanted.nRows !== null || !this.#ground.canAsk()) return;
    const { selection, ownTitle } = wanted;
    this.#question.abort();
    this.#question = new AbortController();
    const { signal } = this.#question;
    try {
      const answer = await this.#ground.ask('selected', { selection }, signal);
      if (signal.aborted) return;
      this.selected = { selection, ownTitle, ...answer };
      this.first = Math.min(this.first, (this.nPages - 1) * pageLength);
    } catch (error) {
      if (signal.aborted || error instanceof CancelledError) return;
      this.clear();
      this.#ground.report(error);
      return;
    }
    await this.#list();
  }

  /** Lists them by something else; by the same once more, the other way round. */
  orderBy(by: RowOrder['by']): Promise<void> {
    const isSame = JSON.stringify(by) === JSON.stringify(this.order.by);
    this.order = { by, isFalling: isSame && !this.order.isFalling };
    this.first = 0;
    return this.#list();
  }

  /** @param page from 0; the nearest one that there is */
  turnTo(page: number): Promise<void> {
    this.first = Math.min(Math.max(0, page), this.nPages - 1) * pageLength;
    return this.#list();
  }

  /** At least one. */
  get nPages(): number {
    return Math.max(1, Math.ceil((this.selected?.nRows ?? 0) / pageLength));
  }

  showAlone(isAlone: boolean): void {
    this.isAlone = isAlone;
  }

  async #list(): Promise<void> {
    this.#page.abort();
    if (this.selected === null || this.selected.nRows === null) return;
    const { selection } = this.selected;
    const { order, first } = this;
    this.#page = new AbortController();
    const { signal } = this.#page;
    const question = { selection, order, first, nRows: pageLength };
    try {
      const page = await this.#ground.ask('rows', question, signal);
      if (!signal.aborted) this.listed = { ...page, order, first };
    } catch (error) {
      if (signal.aborted || error instanceof CancelledError) return;
      this.#ground.report(error);
    }
  }
}
