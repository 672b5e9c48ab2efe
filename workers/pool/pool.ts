import { createTurns } from '../engines/turns';
import { Member, MemberLost, type MemberThread } from './member-handle';

/** Workers that share what can be shared. They start when there is something to do, and again when one has stopped. */
export interface Pool {
  readonly size: number;
  /** Pieces of work given to workers so far. */
  readonly nPieces: number;
  /** Why the pool is not used any more, as a sentence; undefined while it is. */
  readonly broken: string | undefined;
  /**
   * Gives a piece of work to the first worker that is free. When it stops, another one gets the piece: it must not
   * depend on anything that the first was asked before.
   *
   * @throws PoolBroken when workers keep stopping, or what the work throws
   */
  run<T>(work: (member: Member) => Promise<T>, urgent?: boolean): Promise<T>;
  /**
   * Gives a piece of work to all workers together, once again when one of them stops.
   *
   * @throws PoolBroken when workers keep stopping, or what the work throws
   */
  together<T>(work: (members: readonly Member[]) => Promise<T>): Promise<T>;
  /** For a while `run` leaves one of several workers without work, so that the page has a processor to itself. */
  giveWay(): void;
  /** Starts the workers, so that they are there when they are needed. */
  warm(): void;
  /** Has something forgotten by the workers that were given it. */
  forget(id: number): void;
  end(): void;
}

export class PoolBroken extends Error {}

/**
 * How long a processor is left to the page after it has said that it is at work, in milliseconds: longer than it takes to
 * say so again (`src/charts/turns.ts`). Pieces of work take 5 to 15, so one is free soon.
 */
const wayGiven = 120;

/** A piece of work that has ended so many workers is not given to another. */
const mostLosses = 2;

/** @param spawn starts a worker that exposes `MemberApi` */
export function createPool(size: number, spawn: () => MemberThread): Pool {
  const members: (Member | undefined)[] = Array.from({ length: size });
  const turns = createTurns(size);
  let broken: string | undefined;
  let nPieces = 0;

  function memberAt(place: number): Member {
    const member = members[place];
    if (member !== undefined && !member.lost) return member;
    return (members[place] = new Member(spawn()));
  }

  /** Again when a worker is lost; then never again. */
  async function insist<T>(work: () => Promise<T>): Promise<T> {
    for (let losses = 0; losses < mostLosses; losses++) {
      if (broken !== undefined) break;
      nPieces++;
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof MemberLost)) throw error;
      }
    }
    broken ??= 'Workers that share the work kept stopping, so one computes alone.';
    throw new PoolBroken(broken);
  }

  return {
    size,
    get nPieces() {
      return nPieces;
    },
    get broken() {
      return broken;
    },
    run: (work, urgent) => turns.take((place) => insist(() => work(memberAt(place))), urgent),
    giveWay: () => turns.giveWay(wayGiven),
    together: (work) => insist(() => work(members.map((_, place) => memberAt(place)))),
    warm() {
      if (broken === undefined) members.forEach((_, place) => memberAt(place));
    },
    forget(id) {
      for (const member of members) member?.forget(id);
    },
    end() {
      for (const member of members) member?.terminate();
      members.fill(undefined);
    },
  };
}

/** Alone, from the beginning, where the pool cannot be used any more. */
export async function orAlone<T>(shared: () => Promise<T>, alone: () => Promise<T>): Promise<T> {
  try {
    return await shared();
  } catch (error) {
    if (!(error instanceof PoolBroken)) throw error;
    return alone();
  }
}
