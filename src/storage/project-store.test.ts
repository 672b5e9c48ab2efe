import { beforeEach, describe, expect, it } from 'vitest';
import { openDB } from 'idb';
import { emptyBrowser } from '../../tests/helpers/browser-store';
import type { Project } from '../contract/project-schema';
import { AppError } from '../core/errors';
import { defaultRecipe, type Recipe } from '../core/recipe';
import { databaseVersion } from './database';
import { keepRows, rename } from './project-changes';
import { nextName, ProjectStore } from './project-store';

const path = '/here/';
const name = `tessera:${path}`;
beforeEach(emptyBrowser);

const withK = (nClusters: number): Recipe => ({ ...defaultRecipe, cluster: { nClusters } });
const project = (patch: Partial<Project> = {}): Project => ({
  id: 'p',
  name: 'Shop',
  source: { name: 'shop.csv', key: 'abc', isSample: false, nBytes: 10 },
  recipe: defaultRecipe,
  told: null,
  nSegments: null,
  sizes: [],
  keptRuns: [],
  savedAt: 1,
  revision: 0,
  ...patch,
});

/** The database as version 1 of the page left it. */
async function version1(session: unknown, rows: Blob | null, settings: unknown): Promise<void> {
  const database = await openDB(name, 1, {
    upgrade(opened) {
      opened.createObjectStore('entries');
      opened.createObjectStore('rows');
    },
  });
  if (session !== undefined) await database.put('entries', session, 'session');
  if (settings !== undefined) await database.put('entries', settings, 'settings');
  if (rows !== null) await database.put('rows', rows, 'session');
  database.close();
}

/** As it was stored by version 1, whose recipes had no list of steps at first. */
const session = {
  source: { name: 'CC GENERAL.csv.gz', key: 'abc', isSample: false },
  recipe: { ...defaultRecipe, cluster: { nClusters: 5 } },
  nSegments: 5,
  savedAt: 1_700_000_000_000,
};

describe('the store of version 1', () => {
  it('becomes a project with its settings, its file and the choice of an engine', async () => {
    const settings = { keepRows: true, engine: 'simd', nWorkers: 2 };
    await version1(session, new Blob(['a,b\n1,2\n']), settings);
    const store = new ProjectStore(path);
    const { projects, withRows, nUnreadable } = await store.shelf();
    expect(projects).toEqual([
      {
        id: 'session',
        name: 'CC GENERAL',
        source: { ...session.source, nBytes: 8 },
        recipe: session.recipe,
        told: session.recipe,
        nSegments: 5,
        sizes: [],
        keptRuns: [],
        savedAt: session.savedAt,
        revision: 1,
      },
    ]);
    expect([[...withRows], nUnreadable]).toEqual([['session'], 0]);
    expect(await (await store.rowsOf('session'))?.text()).toBe('a,b\n1,2\n');
    expect(await store.loadSettings()).toMatchObject({ engine: 'simd', nWorkers: 2 });
  });

  it('completes a recipe from before there was a list of steps', async () => {
    const clean = {
      roles: [],
      duplicates: 'keep',
      fill: 'mean',
      outlierRule: 'iqr',
      outlierAction: 'keep',
    };
    await version1({ ...session, recipe: { ...session.recipe, clean } }, null, undefined);
    const [{ recipe }] = (await new ProjectStore(path).shelf()).projects;
    expect(recipe.clean.steps.map((step) => step.kind === 'missing' && step.rule)).toEqual([
      false,
      false,
      'mean',
    ]);
  });

  it('without a session, or with one that cannot be read, is upgraded too, and keeps what it has', async () => {
    await version1({ nonsense: true }, new Blob(['x']), undefined);
    const store = new ProjectStore(path);
    expect((await store.shelf()).projects).toEqual([]);
    await store.save(project(), 'copy');
    const database = await openDB(name, databaseVersion);
    expect(await database.get('entries', 'session')).toEqual({ nonsense: true });
    expect(await database.count('rows')).toBe(1);
    database.close();
    emptyBrowser();
    await version1(undefined, null, undefined);
    expect((await new ProjectStore(path).shelf()).projects).toEqual([]);
  });

  it('that a tab still holds stops nobody: it is said, and goes on when that tab is closed', async () => {
    await version1(session, null, undefined);
    // A tab that does not let go.
    const holding = await openDB(name, 1);
    const store = new ProjectStore(path);
    const refusal = await store.shelf().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(AppError);
    expect(refusal).toMatchObject({ code: 'storage-unavailable' });
    expect((refusal as AppError).message).toContain('Close that tab');
    await expect(store.save(project(), 'copy')).rejects.toThrow('Close that tab');
    holding.close();
    await expect
      .poll(() =>
        store
          .shelf()
          .then(({ projects }) => projects.length)
          .catch(() => -1),
      )
      .toBe(1);
  });
});

describe('the store', () => {
  it('of a newer version is left alone, and said so', async () => {
    (await openDB(name, databaseVersion + 1)).close();
    const error = await new ProjectStore(path).shelf().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'storage-unavailable' });
    expect((error as AppError).message).toContain('newer version');
  });

  it('lets a newer version of the page upgrade it, and does not lose a change on the way', async () => {
    const store = new ProjectStore(path);
    await store.save(project(), 'copy');
    // The other tab gets in, since this one lets go.
    (await openDB(name, databaseVersion + 1)).close();
    await expect(store.shelf()).rejects.toThrow('newer version');
  });

  it('is another for each path of a host', async () => {
    await new ProjectStore('/a/').save(project(), 'copy');
    expect((await new ProjectStore('/b/').shelf()).projects).toEqual([]);
  });

  it('gives the newest first, and counts what it cannot read without touching it', async () => {
    const store = new ProjectStore(path);
    await store.save(project({ id: 'old', savedAt: 1 }), 'x');
    await store.save(project({ id: 'new', savedAt: 2 }), 'x');
    const database = await openDB(name, databaseVersion);
    const strange = { ...project({ id: 'strange' }), wonder: 1 };
    await database.put('projects', strange);
    const { projects, nUnreadable } = await store.shelf();
    expect([projects.map(({ id }) => id), nUnreadable]).toEqual([['new', 'old'], 1]);
    // A project that happens to have its id does not take its place.
    expect(await store.save(project({ id: 'strange' }), 'other')).toMatchObject({
      outcome: 'copied',
      project: { id: 'other' },
    });
    expect(await database.get('projects', 'strange')).toEqual(strange);
    database.close();
  });

  it('notices what another tab changed, and keeps both', async () => {
    const store = new ProjectStore(path);
    const first = (await store.save(project(), 'x')).project;
    expect(first.revision).toBe(1);
    await keepRows(store, 'p', new Blob(['rows']));
    const other = await store.save({ ...first, recipe: withK(3) }, 'x');
    expect(other).toMatchObject({ outcome: 'saved', project: { id: 'p', revision: 2 } });
    const mine = await store.save({ ...first, recipe: withK(4) }, 'copy');
    expect(mine).toMatchObject({
      outcome: 'copied',
      project: { id: 'copy', name: 'Shop (2)', revision: 1 },
    });
    const { projects, withRows } = await store.shelf();
    const numbers = projects.map(({ id, recipe }) => [id, recipe.cluster.nClusters]);
    expect(new Map(numbers as [string, number][])).toEqual(
      new Map([
        ['p', 3],
        ['copy', 4],
      ]),
    );
    expect([...withRows].sort()).toEqual(['copy', 'p']);
  });

  it('does not take the same settings, or another name, for a change', async () => {
    const store = new ProjectStore(path);
    const first = (await store.save(project(), 'x')).project;
    await rename(store, 'p', 'Spring');
    const again = await store.save({ ...first, sizes: [3, 2], nSegments: 2 }, 'x');
    expect(again).toMatchObject({
      outcome: 'saved',
      project: { name: 'Spring', revision: 1, sizes: [3, 2] },
    });
    const later = await store.save({ ...first, recipe: withK(3) }, 'x');
    expect(later).toMatchObject({ outcome: 'saved', project: { name: 'Spring', revision: 2 } });
    // The other tab came to the same settings by itself.
    const same = await store.save({ ...first, recipe: withK(3) }, 'x');
    expect(same).toMatchObject({ outcome: 'saved', project: { revision: 2 } });
  });

  it('takes no empty name, and none that is too long', async () => {
    const store = new ProjectStore(path);
    await store.save(project(), 'x');
    await rename(store, 'p', '   ');
    await rename(store, 'absent', 'x');
    expect((await store.shelf()).projects[0].name).toBe('Shop');
    await rename(store, 'p', 'x'.repeat(500));
    expect((await store.shelf()).projects[0].name).toHaveLength(200);
  });

  it('stores all of a change or nothing', async () => {
    const store = new ProjectStore(path);
    await store.save(project(), 'x');
    // What cannot be cloned fails in the middle of the transaction.
    const spoilt = { ...project({ revision: 1, recipe: withK(3) }), sizes: [() => 1] };
    await expect(store.save(spoilt as never, 'x')).rejects.toThrow();
    expect((await store.shelf()).projects).toMatchObject([
      { recipe: { cluster: { nClusters: 'auto' } }, revision: 1 },
    ]);
  });
});

describe('the name of a copy', () => {
  it('counts on', () => {
    expect(['Shop', 'Shop (2)', 'Shop (9)', 'a (2) b'].map(nextName)).toEqual([
      'Shop (2)',
      'Shop (3)',
      'Shop (10)',
      'a (2) b (2)',
    ]);
    expect(nextName('x'.repeat(200))).toHaveLength(200);
  });
});
