import * as v from 'valibot';
import { recipeSchema } from '../contract/recipe-schema';
import { AppError } from '../core/errors';
import type { SegmentModel } from '../core/model';
import type { Recipe } from '../core/recipe';
import { fromBase64Url, pack, toBase64Url, unpack } from './bytes-as-text';
import { parseModel } from './model-file';

/** How a fragment of an address begins that is a link of this page: what it is, and its version. */
export const linkPrefix = 'link=';
export const linkVersion = 1;
/** Characters of a fragment. Browsers take more, but what passes links on does not. */
export const maxLinkLength = 64 * 2 ** 10;
/** Bytes when unpacked. A few can say gigabytes: unpacking stops there. */
export const maxLinkBytes = 2 * 2 ** 20;

/** What a link holds: settings, a model, or both. Never rows. */
export interface LinkContent {
  readonly recipe?: Recipe | undefined;
  readonly model?: SegmentModel | undefined;
  /** Tells whether a file is the one that this was made for; a file cannot be found from it. */
  readonly fingerprint?: string | undefined;
  readonly fileName?: string | undefined;
}

const linkSchema = v.pipe(
  v.strictObject({
    recipe: v.optional(recipeSchema),
    /** Checked by its own reader. */
    model: v.optional(v.looseObject({})),
    fingerprint: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(200))),
    fileName: v.optional(v.pipe(v.string(), v.maxLength(1000))),
  }),
  v.check(
    ({ recipe, model }) => recipe !== undefined || model !== undefined,
    'there is neither a recipe nor a model in it',
  ),
);

/**
 * The fragment of an address that carries it, without the `#`. The same content gives the same link.
 *
 * @throws AppError `link-invalid` where it would be longer than this page reads
 */
export async function writeLink(content: LinkContent): Promise<string> {
  const text = JSON.stringify(content);
  const packed = await pack(new Blob([text]), 'deflate-raw');
  const fragment = `${linkPrefix}${linkVersion}.${await toBase64Url(packed)}`;
  if (fragment.length > maxLinkLength || text.length > maxLinkBytes) {
    throw new AppError(
      'link-invalid',
      `This would make a link of ${fragment.length.toLocaleString('en-GB')} characters, and links are cut off long before. Save the project as a file and send that, or leave out the model.`,
      { length: fragment.length, most: maxLinkLength },
    );
  }
  return fragment;
}

export interface ReadLink {
  readonly content: LinkContent;
  /** What it holds, to the letter, set out for reading. */
  readonly text: string;
}

/**
 * What a fragment holds that may be anything.
 *
 * @param fragment without the `#`
 * @throws AppError `link-invalid`, saying why, or `link-too-new`; `model-invalid`, `model-too-new` where the model in it
 *   is the fault
 */
export async function readLink(fragment: string): Promise<ReadLink> {
  if (fragment.length > maxLinkLength) throw invalid('it is longer than any link of this page');
  const [, version = '', packed = ''] = /^link=(\d{1,6})\.([\w-]+)$/.exec(fragment) ?? [];
  if (Number(version) > linkVersion) {
    throw new AppError(
      'link-too-new',
      `This link has version ${version}; this page reads up to version ${linkVersion}. Reload the page to get its newest version.`,
      { version: Number(version), supported: linkVersion },
    );
  }
  if (Number(version) !== linkVersion) throw invalid('it is damaged or cut off');
  const bytes = await fromBase64Url(packed);
  const unpacked = bytes === null ? null : await unpack(bytes, 'deflate-raw', maxLinkBytes);
  if (unpacked === null) throw invalid('it is damaged or cut off');
  return contentOf(parseJson(await unpacked.text()));
}

function contentOf(content: unknown): ReadLink {
  const result = v.safeParse(linkSchema, content);
  if (!result.success) {
    const [issue] = result.issues;
    throw invalid(`${v.getDotPath(issue) ?? 'what it holds'}: ${issue.message}`);
  }
  const { model, ...rest } = result.output;
  return {
    content: model === undefined ? rest : { ...rest, model: parseModel(JSON.stringify(model)) },
    text: JSON.stringify(content, null, 1),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw invalid('it is damaged or cut off');
  }
}

function invalid(reason: string): AppError {
  return new AppError('link-invalid', `This link cannot be used: ${reason}.`);
}
