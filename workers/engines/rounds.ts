/** Pieces of work that are done together. */
export interface Rounds<Piece> {
  /** Resolves when the round that this piece is part of is done; rejects when it failed. */
  take(piece: Piece): Promise<void>;
  /** A member that brings no more. */
  leave(): void;
}

/**
 * A round begins when every member has brought its piece or left.
 *
 * @param work of one round, called one at a time with at least one piece, in the order in which they came
 */
export function createRounds<Piece>(
  nMembers: number,
  work: (pieces: readonly Piece[]) => Promise<void>,
): Rounds<Piece> {
  let present = nMembers;
  let pieces: Piece[] = [];
  let round = nextRound();

  function nextRound() {
    let begin: (outcome: Promise<void>) => void = () => undefined;
    const done = new Promise<void>((resolve) => (begin = resolve));
    return { begin, done };
  }

  function beginIfAllAreHere(): void {
    if (pieces.length === 0 || pieces.length < present) return;
    const [full, all] = [round, pieces];
    pieces = [];
    round = nextRound();
    full.begin(work(all));
  }

  return {
    take(piece) {
      const { done } = round;
      pieces.push(piece);
      beginIfAllAreHere();
      return done;
    },
    leave() {
      present--;
      beginIfAllAreHere();
    },
  };
}
