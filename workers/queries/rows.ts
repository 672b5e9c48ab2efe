import { secondChoices } from '../../src/core/judge/second-choice';
import { orderRows } from '../../src/core/select/order-rows';
import { rowPage } from '../../src/core/select/row-page';
import { selectionKey } from '../../src/core/select/selection';
import { setAsideCsv as setAsideLines } from '../../src/core/table/set-aside-csv';
import { takeRows } from '../../src/core/table/table';
import { findCustomer } from '../find-customer';
import { labelledCsv as writeLabelled, labelledTable } from '../label-csv';
import type { Answer } from './known';
import { softened } from './mixtures';
import { gather, selectedRows } from './selected-rows';

const mostRowsAtOnce = 500;

export const customer: Answer<'customer'> = async ({ wanted, key }, known) => {
  const { table } = await known.outputOf('derive');
  const { inputs } = await known.outputOf('model');
  return findCustomer(table, inputs, wanted, key);
};

export const rows: Answer<'rows'> = async ({ selection, order, first, nRows }, known) => {
  const from = await gather(['clean', 'cluster'], known);
  const rows = await known.remember(
    JSON.stringify(['rows', selectionKey(selection), order]),
    async () => orderRows(from, await selectedRows(selection, known), order, known.ctx),
  );
  return rowPage(from, rows, first, Math.min(nRows, mostRowsAtOnce));
};

export const selected: Answer<'selected'> = async ({ selection }, known) => {
  const isSelected = await selectedRows(selection, known);
  const { clean, cluster } = await gather(['clean', 'cluster'], known);
  const nRows = isSelected.reduce((sum, value) => sum + value, 0);
  if (clean === undefined || cluster === undefined) return { nRows, kept: null };
  const kept = new Uint8Array(clean.rows.length);
  for (let at = 0; at < kept.length; at++) kept[at] = isSelected[clean.rows[at]];
  return { nRows, kept };
};

export const selectedCsv: Answer<'selectedCsv'> = async ({ selection }, known) => {
  const isSelected = await selectedRows(selection, known);
  const [{ table }, cleaned, { fit }, profile] = await Promise.all([
    known.outputOf('derive'),
    known.outputOf('clean'),
    known.outputOf('cluster'),
    known.outputOf('profile'),
  ]);
  const rows = Int32Array.from(isSelected.keys()).filter((row) => isSelected[row] === 1);
  const labels = new Int32Array(table.nRows).fill(-1);
  cleaned.rows.forEach((row, at) => (labels[row] = fit.labels[at]));
  return labelledTable(
    takeRows(table, rows),
    rows.map((row) => labels[row]),
    Uint8Array.from(rows, (row) => cleaned.fate[row]),
    profile,
  );
};

export const labelledCsv: Answer<'labelledCsv'> = async ({ second, mixture }, known) => {
  const { table } = await known.outputOf('derive');
  const cleaned = await known.outputOf('clean');
  const { fit, prototypes } = await known.outputOf('cluster');
  const profile = await known.outputOf('profile');
  const { X } = await known.outputOf('space');
  return writeLabelled(table, cleaned, fit.labels, profile, {
    second: second ? await secondChoices(X, prototypes, fit.labels, known.ctx) : null,
    mixture: mixture === null ? null : (await softened(mixture, known)).labels,
  });
};

export const setAsideCsv: Answer<'setAsideCsv'> = async (_, known) => {
  return new Blob([...setAsideLines(await known.outputOf('read'))], { type: 'text/csv' });
};
