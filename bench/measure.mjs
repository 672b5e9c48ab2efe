import { setTimeout } from 'node:timers/promises';
import { groups, stage as stageOf, stageIds } from './stages.mjs';
import { median, sum } from './statistics.mjs';

/** Stages that every peer begins with, timed or not: its own way to the matrix. */
const preparation = ['read', 'clean', 'scale'];

/** Bars are for work that is worth waiting for. */
const leastRows = 5000;

/**
 * Milliseconds of quiet before anybody's turn. Threads of numeric libraries spin when their work is done (OpenBLAS's for some
 * 2^26 ticks), and a tab collects its garbage: without it, whoever is next shares the processors with the one before.
 */
const quiet = 250;

/** What takes a package for Node longer is not repeated: it is not near. */
const mostMilliseconds = 5000;

/**
 * Runs the wanted stages round by round: each stage here, then by each peer, then the next one, so that a busy machine is
 * busy for all of them.
 *
 * @param size { rows, bytes }
 * @param page stages here (stage-page.mjs); `app` the page itself (app-page.mjs), undefined if not wanted
 * @returns one entry for each wanted stage, with the time of each round and what was compared
 */
export async function measure({ wanted, runs, size, page, app, peers }) {
  const plan = planOf(wanted);
  const entries = plan.map((stage) => entryOf(stage, peers, size));
  const takers = peers.filter((peer) => peer.kind === 'npm' && isAsked(peer, entries));
  for (let round = 0; round < runs; round++) {
    for (const entry of entries) {
      if (entry.isHidden && round > 0) continue;
      await setTimeout(quiet);
      await runHere(entry, page, takers, round);
      for (const turn of entry.peers) {
        await setTimeout(quiet);
        await runPeer(entry, turn);
      }
      for (const id of entry.lastUseOf) await page.forget(id);
    }
    if (app === undefined) continue;
    await setTimeout(quiet);
    await app.round(entries);
  }
  return entries.filter(({ isHidden }) => !isHidden).map(summary);
}

/** The wanted stages and, hidden, those that they need; with the results that nobody needs any more afterwards. */
function planOf(wanted) {
  const ids = new Set();
  const add = (id) => {
    for (const need of stageOf(id).needs) add(need);
    ids.add(id);
  };
  wanted.filter((id) => id !== 'pipeline').forEach(add);
  const order = stageIds.filter((id) => ids.has(id));
  const lastUser = (id) =>
    order.findLast((user) => user === id || stageOf(user).needs.includes(id));
  return order.map((id) => ({
    ...stageOf(id),
    isHidden: !wanted.includes(id),
    // What is hidden is run once, and needed in every round.
    lastUseOf: order.filter((used) => lastUser(used) === id && wanted.includes(used)),
  }));
}

function entryOf(stage, peers, { rows, bytes }) {
  const canDo = (peer) =>
    (peer.packages === 'all' || stage.id in peer.packages) &&
    rows <= (stage.mostRows?.[peer.kind] ?? Infinity) &&
    (!stage.isHidden || (peer.kind === 'python' && preparation.includes(stage.id)));
  return {
    ...stage,
    bar: rows >= leastRows ? stage.bar?.({ rows, bytes }) : undefined,
    times: [],
    peakBytes: null,
    peers: peers.filter(canDo).map((peer) => ({ peer, times: [], compared: undefined, error: '' })),
  };
}

function isAsked(peer, entries) {
  return entries.some((entry) => entry.peers.some((turn) => turn.peer === peer));
}

async function runHere(entry, page, takers, round) {
  const { milliseconds, peakBytes } = await page.run(entry.id);
  entry.times.push(milliseconds);
  if (peakBytes !== null) entry.peakBytes = Math.max(entry.peakBytes, peakBytes);
  if (round > 0) return;
  // The page itself is compared with what the sweep found here.
  if (entry.peers.length > 0 || entry.id === 'sweep') {
    entry.outcome = await page.outcome(entry.id);
    entry.input = await page.input(entry.id);
  }
  // Packages for Node work on the matrix that was made here.
  if (entry.id === 'scale') for (const peer of takers) await peer.ask('take', await page.matrix());
}

/** A peer that fails at a stage is told about and left alone with it. One that takes very long does it once. */
async function runPeer(entry, turn) {
  if (turn.error !== '') return;
  if (turn.peer.kind === 'npm' && turn.times[0] > mostMilliseconds) return;
  try {
    const isFirst = turn.times.length === 0;
    const { milliseconds, result } = await turn.peer.ask(entry.id, entry.input, isFirst);
    turn.times.push(milliseconds);
    if (isFirst) turn.compared = entry.compare(entry.outcome, result);
  } catch (error) {
    turn.error = error.message;
  }
}

function summary({ id, title, bar, times, peakBytes, peers }) {
  const milliseconds = median(times);
  return {
    id,
    title,
    bar: bar ?? null,
    milliseconds,
    rounds: times,
    peakBytes,
    peers: peers.map((turn) => peerSummary(id, milliseconds, turn)),
  };
}

function peerSummary(id, ours, { peer, times, compared, error }) {
  const milliseconds = times.length > 0 ? median(times) : null;
  return {
    kind: peer.kind,
    name: peer.packages === 'all' ? 'scikit-learn' : peer.packages[id],
    milliseconds,
    rounds: times,
    ratio: milliseconds === null ? null : milliseconds / ours,
    compared: compared?.text ?? null,
    isSame: compared?.ok ?? null,
    error: error === '' ? null : error,
  };
}

/**
 * The page as a user has it, once a round: the steps' own times from the results file, and the wall clock. The
 * peer's side is the sum of its stages in the same round.
 */
export function appRounds(app) {
  const steps = ['read', 'clean', 'scale', 'pca', 'sweep', 'cluster', 'ward', 'tree'];
  const rounds = { steps: [], story: [], ready: [], peer: [], longestTask: [] };
  let missing = [];
  let isSame = true;
  let nWorkers = 0;
  return {
    async round(entries) {
      const { story, ready, longestTask, results } = await app.visit();
      nWorkers = Math.max(...results.computation.map((step) => step.nWorkers));
      rounds.story.push(story);
      rounds.ready.push(ready);
      rounds.steps.push(sum(steps.map((step) => results.timings[step])));
      rounds.longestTask.push(longestTask);
      const turns = entries
        .filter(({ id }) => groups.pipeline.includes(id))
        .map(({ id, peers }) => ({ id, time: pythonTime(peers) }));
      missing = turns.filter(({ time }) => time === undefined).map(({ id }) => id);
      isSame &&= sameInertias(results, entries);
      rounds.peer.push(sum(turns.map(({ time }) => time ?? 0)));
    },
    summary() {
      const { title, bar } = stageOf('pipeline');
      const hasPeer = missing.length < groups.pipeline.length - 1;
      const peer = hasPeer ? median(rounds.peer) : null;
      const figures = (times) => {
        const milliseconds = median(times);
        return { milliseconds, rounds: times, ratio: peer === null ? null : peer / milliseconds };
      };
      return {
        title,
        bar: bar(),
        nWorkers,
        steps: figures(rounds.steps),
        story: figures(rounds.story),
        ready: figures(rounds.ready),
        isSame,
        peer: { milliseconds: peer, rounds: rounds.peer, without: hasPeer ? missing : [] },
        longestTask: Math.max(...rounds.longestTask),
      };
    },
  };
}

/** The page must have found, for every k, what the sweep on its own did. */
function sameInertias({ sweep }, entries) {
  const { inertias } = entries.find(({ id }) => id === 'sweep').outcome;
  const found = sweep.candidates.filter(({ nClusters }) => nClusters > 1);
  return (
    found.length === inertias.length && found.every(({ inertia }, i) => inertia === inertias[i])
  );
}

function pythonTime(peers) {
  return peers.find(({ peer }) => peer.kind === 'python')?.times.at(-1);
}
