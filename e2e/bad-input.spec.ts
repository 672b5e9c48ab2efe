import { mkdirSync, writeFileSync } from 'node:fs';
import { blobsCsv, textFile, type TestFile } from './files';
import { expect, test } from './fixture';
import type { TesseraPage } from './tessera-page';

const corners = [
  [0, 0],
  [50, 0],
  [0, 50],
] as const;
const goodCsv = blobsCsv(60, corners);

interface Refusal {
  readonly title: string;
  readonly file: TestFile;
  readonly code: string;
  /** What the message must name. */
  readonly says: RegExp;
}

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const xlsx = Buffer.concat([
  Buffer.from('504b0304140000000800', 'hex'),
  Buffer.from('xl/workbook.xml'),
  Buffer.alloc(64),
]);
const xls = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512)]);

const refusals: readonly Refusal[] = [
  {
    title: 'an empty file',
    file: textFile('empty.csv', ''),
    code: 'file-empty',
    says: /empty/,
  },
  {
    title: 'a file with a header only',
    file: textFile('header.csv', 'spend,visits\n'),
    code: 'file-header-only',
    says: /no rows|header/i,
  },
  {
    title: 'a file with one row',
    file: textFile('one.csv', 'spend,visits\n1,2\n'),
    code: 'too-few-rows',
    says: /one row/,
  },
  {
    title: 'a file with one column',
    file: textFile('column.csv', 'spend\n1\n2\n3\n'),
    code: 'too-few-columns',
    says: /“spend”.*two columns/,
  },
  {
    title: 'a file without numbers',
    file: textFile('words.csv', 'town,plan\nBern,a\nBasel,b\nBern,b\nGenf,a\n'),
    code: 'no-numeric-column',
    says: /No column holds numbers/,
  },
  {
    title: 'a file in which all rows are the same',
    file: textFile('same.csv', `spend,visits\n${'1,2\n'.repeat(5)}`),
    code: 'rows-identical',
    says: /5 rows are identical/,
  },
  {
    title: 'an image that is called .csv',
    file: { name: 'picture.csv', bytes: png },
    code: 'file-not-a-table',
    says: /PNG image/,
  },
  {
    title: 'an Excel workbook that is called .csv',
    file: { name: 'book.csv', bytes: xlsx },
    code: 'file-not-a-table',
    says: /Excel.*CSV/,
  },
  {
    title: 'an old Excel workbook that is called .csv',
    file: { name: 'old.csv', bytes: xls },
    code: 'file-not-a-table',
    says: /old Excel/,
  },
  {
    title: 'a value too large to compute with',
    file: textFile('huge.csv', `spend,visits\n1e308,1\n2,1e308\n3,4\n-1e308,5\n`),
    code: 'not-finite',
    says: /too large/,
  },
  {
    title: 'a quote that is never closed',
    file: textFile('quote.csv', `name,spend\n"Ann,1\n${'Bob,2\n'.repeat(30)}`),
    code: 'quote-never-closed',
    says: /line 2/,
  },
];

async function expectMessage(tessera: TesseraPage, code: string, says: RegExp): Promise<void> {
  await expect(tessera.error).toHaveAttribute('data-code', code);
  await expect(tessera.error).toHaveRole('alert');
  await expect(tessera.error).toContainText(says);
}

/** A file that was opened and cannot be segmented. */
async function expectRefusal(tessera: TesseraPage, code: string, says: RegExp): Promise<void> {
  await expectMessage(tessera, code, says);
  await tessera.expectState('failed');
}

/** Something that was not even opened: what was there before is there still. */
async function expectComplaint(tessera: TesseraPage, code: string, says: RegExp): Promise<void> {
  await expectMessage(tessera, code, says);
  await tessera.expectState('empty');
}

for (const { title, file, code, says } of refusals) {
  test(`${title} is refused by name, and the page goes on`, async ({ tessera }) => {
    await tessera.chooseFile(file);
    await expectRefusal(tessera, code, says);
    await tessera.page.getByRole('button', { name: 'Choose another file' }).click();
    await tessera.expectEmpty();
    await tessera.segment(textFile('good.csv', goodCsv));
  });
}

test('after a refusal the sample still loads', async ({ tessera }) => {
  await tessera.chooseFile(refusals[0].file);
  await tessera.expectState('failed');
  await tessera.page.getByRole('button', { name: 'Choose another file' }).click();
  await tessera.loadFewCustomers();
});

test('a good file can be dropped right onto a refusal', async ({ tessera }) => {
  await tessera.dropFiles(refusals[0].file);
  await tessera.expectState('failed');
  await tessera.dropFiles(textFile('good.csv', goodCsv));
  await tessera.expectReady();
  await expect(tessera.error).toHaveCount(0);
});

test('a refused file does not take the story of another with it in silence', async ({
  tessera,
}) => {
  await tessera.segment(textFile('good.csv', goodCsv));
  await tessera.dropFiles(refusals[0].file);
  await expectRefusal(tessera, 'file-empty', /empty/);
});

test('what cannot be opened leaves the story alone', async ({ tessera }) => {
  await tessera.segment(textFile('good.csv', goodCsv));
  await tessera.openModel('no model');
  await expectMessage(tessera, 'model-invalid', /model/i);
  await tessera.expectReady();
  await tessera.dropFiles(textFile('a.csv', goodCsv), textFile('b.csv', goodCsv));
  await expectMessage(tessera, 'file-unreadable', /2 files/);
  await tessera.expectReady();
});

test('several files are refused with their number', async ({ tessera }) => {
  await tessera.dropFiles(textFile('a.csv', goodCsv), textFile('b.csv', goodCsv));
  await expectComplaint(tessera, 'file-unreadable', /2 files.*One file/);
  await tessera.loadFewCustomers();
});

test('a dropped folder is refused as one', async ({ tessera }) => {
  const folder = test.info().outputPath('customers');
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/a.csv`, goodCsv);
  await dropFromSystem(tessera, folder);
  await expectComplaint(tessera, 'file-unreadable', /folder/);
  await dropFromSystem(tessera, `${folder}/a.csv`);
  await tessera.expectReady();
});

test('dropped text is refused as no file', async ({ tessera }) => {
  const dataTransfer = await tessera.page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.setData('text/plain', 'spend,visits');
    return transfer;
  });
  await tessera.page.locator('#app').dispatchEvent('drop', { dataTransfer });
  await expectComplaint(tessera, 'file-unreadable', /not a file/);
});

test('a column without a single value is left out, and said', async ({ tessera }) => {
  const rows = goodCsv.trimEnd().split('\n');
  const text = rows.map((row, i) => `${row},${i === 0 ? 'gone' : ''}`).join('\n');
  await tessera.segment(textFile('gap.csv', text));
  await expect(tessera.section('Data')).toContainText(
    'no value in any row and is left out: "gone"',
  );
});

test('a constant column is left out, and said', async ({ tessera }) => {
  const rows = goodCsv.trimEnd().split('\n');
  const text = rows.map((row, i) => `${row},${i === 0 ? 'same' : 7}`).join('\n');
  await tessera.segment(textFile('constant.csv', text));
  await expect(tessera.page.getByLabel('Role of same')).toHaveValue('ignore');
  await expect(tessera.section('Data')).toContainText('the same value in every row');
});

test('no more segments are offered than there are different customers', async ({ tessera }) => {
  await tessera.segment(textFile('three.csv', `spend,visits\n${'0,0\n50,0\n0,50\n'.repeat(20)}`));
  await tessera.rerun(() => tessera.select('Exact copies of a row', 'keep'));
  await expect(tessera.section('Clean')).toContainText('All 60 rows are kept');
  await expect(tessera.page.getByTestId('k-table').getByRole('row')).toHaveCount(1 + 3);
  const options = tessera.setting('combobox', 'Number of segments').getByRole('option');
  await expect(options).toHaveText([/suggested/, '2', '3']);
});

test('more segments than the search tried are refused with both numbers, and undone', async ({
  tessera,
}) => {
  await tessera.segment(textFile('good.csv', goodCsv));
  await tessera.rerun(() => tessera.select('Number of segments', '6'));
  await expect(tessera.page.getByTestId('metrics').getByRole('row')).toHaveCount(1 + 6);
  await tessera.type('Try up to (segments)', 4);
  await expectRefusal(tessera, 'k-too-large', /6 segments.*4/);
  await tessera.page.getByRole('button', { name: 'Undo the last change' }).click();
  await tessera.expectReady();
  await expect(tessera.error).toHaveCount(0);
});

for (const [title, text, code] of [
  ['no JSON', 'spend,visits', 'model-invalid'],
  ['no model', '{"hello": 1}', 'model-invalid'],
  ['a newer model', '{"format": "tessera-model", "version": 99}', 'model-too-new'],
] as const) {
  test(`a model file that is ${title} is refused by name`, async ({ tessera }) => {
    await tessera.openModel(text);
    await expectComplaint(tessera, code, /model/i);
    await tessera.loadFewCustomers();
    await expect(tessera.error).toHaveCount(0);
  });
}

test('a file to score without the columns of the model is refused, naming them', async ({
  tessera,
}) => {
  await tessera.segment(textFile('good.csv', goodCsv));
  const file = { name: 'other.csv', mimeType: 'text/csv', buffer: Buffer.from('spend\n1\n2\n') };
  await tessera.page.getByTestId('score-input').setInputFiles(file);
  await expect(tessera.error).toHaveAttribute('data-code', 'model-columns-missing');
  await expect(tessera.error).toContainText('“visits”');
});

/** A drop as the operating system makes it, with a path. */
async function dropFromSystem({ page }: TesseraPage, path: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
  }
  await session.detach();
}
