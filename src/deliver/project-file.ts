import * as v from 'valibot';
import { projectSourceSchema, type Project } from '../contract/project-schema';
import { recipeSchema } from '../contract/recipe-schema';
import { runsSchema } from '../contract/runs-schema';
import { AppError } from '../core/errors';
import type { SegmentModel } from '../core/model';
import type { Recipe } from '../core/recipe';
import { fromBase64, pack, toBase64, unpack } from './bytes-as-text';
import { parseModel } from './model-file';
import { resultsFormat, resultsVersion } from './results';

export const projectFormat = 'tessera-project';
export const projectVersion = 1;

/** Characters of a project file: what a browser can hold as one text, with room to spare. */
export const maxProjectLength = 256 * 2 ** 20;
/** Bytes of a file that goes into a project, packed; what it may be unpacked. */
export const maxPackedRows = 64 * 2 ** 20;
export const maxRows = 2 ** 30;

type KeptRuns = Project['keptRuns'];

/** What a project file holds when it has been read and checked. */
export interface ProjectFile {
  readonly name: string;
  readonly source: Project['source'];
  readonly recipe: Recipe;
  readonly keptRuns: KeptRuns;
  readonly model: SegmentModel | null;
  /** The customers' file, still packed; null: it is not in here. */
  readonly rows: PackedRows | null;
}

interface PackedRows {
  readonly encoding: 'gzip+base64';
  /** Bytes when unpacked. */
  readonly nBytes: number;
  readonly content: string;
}

const fileSchema = v.strictObject({
  format: v.literal(projectFormat),
  version: v.literal(projectVersion),
  app: v.pipe(v.string(), v.maxLength(100)),
  name: v.pipe(v.string(), v.maxLength(200)),
  source: projectSourceSchema,
  recipe: recipeSchema,
  keptRuns: runsSchema,
  /** Checked by its own reader, which knows its older versions. */
  model: v.nullable(v.looseObject({})),
  /** For scripts, as `writeResults` has them. The page computes its own and looks at nothing but what they say they are. */
  results: v.nullable(
    v.looseObject({
      format: v.literal(resultsFormat),
      version: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(resultsVersion)),
    }),
  ),
  rows: v.nullable(
    v.strictObject({
      encoding: v.literal('gzip+base64'),
      nBytes: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(maxRows)),
      content: v.pipe(v.string(), v.maxLength(Math.ceil(maxPackedRows / 3) * 4)),
    }),
  ),
});

export interface ProjectContent {
  /** Version of the page. */
  readonly app: string;
  readonly name: string;
  readonly source: Project['source'];
  readonly recipe: Recipe;
  readonly keptRuns: KeptRuns;
  readonly model: SegmentModel | null;
  /** As `writeResults` has it; null: none are there. */
  readonly results: string | null;
  /** The file with the customers, only where that was asked for. */
  readonly rows: Blob | null;
}

/**
 * A project as one file that a person can read, but for the rows. The same content gives the same bytes, but for times
 * in the results.
 *
 * @throws AppError `project-invalid` where the file is too large to be part of it
 */
export async function writeProject(content: ProjectContent): Promise<Blob> {
  const { app, name, source, recipe, keptRuns, model } = content;
  const rows = content.rows === null ? null : await packedRows(content.rows);
  const results = content.results === null ? null : (JSON.parse(content.results) as unknown);
  const head = JSON.stringify(
    {
      format: projectFormat,
      version: projectVersion,
      app,
      name,
      source,
      recipe,
      keptRuns,
      model,
      results,
      rows: null,
    },
    null,
    1,
  );
  if (rows === null) return new Blob([`${head}\n`], { type: 'application/json' });
  // Put in as it is: as one text it would be there three times.
  const before = head.slice(0, -'null\n}'.length);
  const { nBytes, pieces } = rows;
  const opening = `{\n  "encoding": "gzip+base64",\n  "nBytes": ${nBytes},\n  "content": "`;
  return new Blob([before, opening, ...pieces, '"\n }\n}\n'], { type: 'application/json' });
}

async function packedRows(rows: Blob) {
  const packed = rows.size > maxRows ? null : await pack(rows, 'gzip');
  if (packed === null || packed.length > maxPackedRows) {
    throw new AppError(
      'project-invalid',
      `This file is too large to be part of a project: packed, it may have ${maxPackedRows / 2 ** 20} MB. Save the project without it, and keep the file beside it.`,
      { nBytes: rows.size },
    );
  }
  return { nBytes: rows.size, pieces: await toBase64(packed) };
}

/**
 * A project from a file that may be anything.
 *
 * @throws AppError `project-invalid`, saying where, or `project-too-new`; `model-invalid`, `model-too-new` where its
 *   model is the fault
 */
export function parseProject(text: string): ProjectFile {
  if (text.length > maxProjectLength) throw invalid('it is larger than any project of this page');
  const result = v.safeParse(fileSchema, inThisVersion(parseJson(text)));
  if (!result.success) {
    const [issue] = result.issues;
    throw invalid(`${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`);
  }
  const { name, source, recipe, keptRuns, model, rows } = result.output;
  return {
    name,
    source,
    recipe,
    keptRuns,
    model: model === null ? null : parseModel(JSON.stringify(model)),
    rows,
  };
}

/**
 * The customers' file out of a project file.
 *
 * @throws AppError `project-invalid` where it cannot be unpacked, or is not as large as was said
 */
export async function unpackRows({ nBytes, content }: PackedRows): Promise<Blob> {
  const bytes = await fromBase64(content);
  const rows = bytes === null ? null : await unpack(bytes, 'gzip', nBytes);
  if (rows?.size !== nBytes) throw invalid('the rows in it are damaged');
  return rows;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw invalid('it is not JSON, or cut off');
  }
}

/** From each older version to the next. There is none yet; `tests/fixtures/project-1.json` must open for ever. */
const migrations: ReadonlyMap<number, (content: object) => object> = new Map();

/** A project of a newer version is refused by name before its fields are looked at; an older one is brought up to date. */
function inThisVersion(content: unknown): unknown {
  const head = v.safeParse(
    v.looseObject({ format: v.literal(projectFormat), version: v.number() }),
    content,
  );
  if (!head.success) throw invalid('it does not say that it is a Tessera project');
  const { version } = head.output;
  if (version > projectVersion) {
    throw new AppError(
      'project-too-new',
      `This project has version ${version}; this page reads up to version ${projectVersion}. Reload the page to get its newest version.`,
      { version, supported: projectVersion },
    );
  }
  let migrated: object = content as object;
  for (let from = version; from < projectVersion; from++) {
    const migrate = migrations.get(from);
    if (migrate === undefined) throw invalid(`there has never been a version ${version}`);
    migrated = migrate(migrated);
  }
  return migrated;
}

function invalid(reason: string): AppError {
  return new AppError('project-invalid', `This file cannot be used as a project: ${reason}.`);
}
