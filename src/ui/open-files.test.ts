import { describe, expect, it } from 'vitest';
import { AppError } from '../core/errors';
import { sourceOfDrop, sourceOfPaste, type Dropped } from './open-files';

interface Parts {
  readonly files?: readonly File[];
  readonly isFolder?: boolean;
  readonly text?: string;
  readonly links?: string;
}

function dropped({ files = [], isFolder = false, text = '', links = '' }: Parts): Dropped {
  const items = files.map(() => ({ webkitGetAsEntry: () => ({ isDirectory: isFolder }) }));
  const data = new Map([
    ['text/plain', text],
    ['text/uri-list', links],
  ]);
  return {
    files: files as unknown as FileList,
    items: items as unknown as DataTransferItemList,
    // As in a browser, it works as a method only.
    getData(this: Dropped | undefined, type) {
      if (this?.items === undefined) throw new TypeError('Illegal invocation');
      return data.get(type) ?? '';
    },
  };
}

const csv = new File(['a,b\n1,2\n'], 'customers 😀.csv');
const picture = new File(['x'], 'image.png');

function refusalOf(source: unknown): string {
  if (!(source instanceof AppError)) throw new Error('It was taken.');
  expect(source.code).toBe('file-unreadable');
  return source.message;
}

async function textOf(source: unknown): Promise<string> {
  if (source instanceof AppError) throw source;
  return await (source as { blob: Blob }).blob.text();
}

describe('what is dropped', () => {
  it('is a file, with its name', () => {
    expect(sourceOfDrop(dropped({ files: [csv] }))).toEqual({
      kind: 'file',
      name: 'customers 😀.csv',
      blob: csv,
    });
  });

  it('may be the text of a table', async () => {
    const source = sourceOfDrop(dropped({ text: 'id;x\r\n1;2\r\n' }));
    expect(source).toMatchObject({ kind: 'file', name: 'Dropped text.csv' });
    expect(await textOf(source)).toBe('id;x\r\n1;2\r\n');
  });

  it('is refused by its name when it is anything else', () => {
    expect(refusalOf(sourceOfDrop(dropped({ files: [csv, csv, csv] })))).toContain('3 files');
    expect(refusalOf(sourceOfDrop(dropped({ files: [csv], isFolder: true })))).toContain(
      'a folder',
    );
    expect(refusalOf(sourceOfDrop(dropped({ text: 'hello' })))).toContain('a single line');
    expect(refusalOf(sourceOfDrop(dropped({})))).toContain('neither a file nor text');
  });

  it('is told when it is a link, in either way in which browsers give one', () => {
    const link = 'https://example.org/customers.csv';
    for (const parts of [{ text: link }, { links: `# from a page\r\n${link}` }]) {
      const message = refusalOf(sourceOfDrop(dropped(parts)));
      expect(message).toContain(`a link (${link})`);
      expect(message).toContain('download the file');
    }
    const long = refusalOf(sourceOfDrop(dropped({ text: `${link}?${'x'.repeat(5000)}` })));
    expect(long.length).toBeLessThan(300);
  });

  it('may hold links in its cells', async () => {
    const text = 'url,visits\nhttps://example.org/a,3\nhttps://example.org/b,4\n';
    expect(await textOf(sourceOfDrop(dropped({ text })))).toBe(text);
  });
});

describe('what is pasted', () => {
  it('is the text of cells, even with a picture of them beside it', async () => {
    const text = 'id\tx\n1\t2\n';
    const source = sourceOfPaste(dropped({ text, files: [picture] }));
    expect(source).toMatchObject({ name: 'Pasted table.csv' });
    expect(await textOf(source)).toBe(text);
  });

  it('may be a file', () => {
    expect(sourceOfPaste(dropped({ files: [csv] }))).toMatchObject({ blob: csv });
  });

  it('is refused when it is a word', () => {
    expect(refusalOf(sourceOfPaste(dropped({ text: 'hello' })))).toContain('a single line');
  });
});
