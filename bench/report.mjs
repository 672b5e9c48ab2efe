/** The report as text: a table for each size, and one of the cost by rows where there are several sizes. */
export function asText(report) {
  return render(report, { table: plainTable, heading: (text) => text });
}

/** The same as Markdown, for docs/benchmark.md. */
export function asMarkdown(report) {
  return render(report, { table: markdownTable, heading: (text) => `### ${text}` });
}

function render(report, { table, heading }) {
  const parts = [
    `${report.date} · ${report.machine}`,
    `\`npm run bench -- ${report.command}\` · median of ${report.runs} rounds · ${report.peers.map(({ version }) => version).join(' · ') || 'no peers'}`,
  ];
  for (const size of report.sizes) {
    parts.push(heading(sizeTitle(size)), table(stageTable(size)), remarks(size));
  }
  if (report.sizes.length > 1) parts.push(heading('Cost by rows'), table(costTable(report.sizes)));
  return parts.join('\n\n');
}

function sizeTitle({ file, rows, bytes, engine }) {
  return `${file}: ${count(rows)} rows, ${(bytes / 1e6).toFixed(1)} MB · ${engine}`;
}

/** Columns for the peers that there are; without any, for what each stage takes of memory. */
function stageTable({ stages, pipeline }) {
  const has = (kind) => stages.some(({ peers }) => peers.some((peer) => peer.kind === kind));
  const columns = [
    { header: ['stage', 'here'], cells: ({ title, milliseconds }) => [title, ms(milliseconds)] },
  ];
  if (has('python')) {
    const header = ['scikit-learn', 'ratio', 'bar', 'same result?'];
    columns.push({ header, cells: ({ peers, bar }) => peerCells(peers.find(isPython), bar) });
  }
  if (has('npm')) {
    const header = ['in Node', 'ratio', 'same result?'];
    columns.push({ header, cells: ({ peers }) => npmCells(peers.find(isNpm)) });
  }
  if (columns.length === 1) {
    columns.push({ header: ['memory'], cells: ({ peakBytes }) => [memory(peakBytes)] });
  }
  const table = [columns.flatMap(({ header }) => header)];
  for (const stage of stages) table.push(columns.flatMap(({ cells }) => cells(stage)));
  if (pipeline !== null) table.push(...pipelineRows(pipeline, has('python')));
  return table;
}

const isPython = ({ kind }) => kind === 'python';
const isNpm = ({ kind }) => kind === 'npm';

function peerCells(peer, bar) {
  if (peer === undefined) return ['–', '', barText(bar, null), ''];
  if (peer.error !== null) return ['failed', '', barText(bar, null), lastLine(peer.error)];
  return [ms(peer.milliseconds), times(peer.ratio), barText(bar, peer.ratio), verdict(peer)];
}

function npmCells(peer) {
  if (peer === undefined) return ['', '', ''];
  if (peer.error !== null) return [`${peer.name} failed`, '', lastLine(peer.error)];
  return [`${ms(peer.milliseconds)} (${peer.name})`, times(peer.ratio), verdict(peer)];
}

/** The bar is for what both sides do, so not for the time until all charts and panels are made. */
function pipelineRows({ title, bar, steps, story, ready, peer, isSame }, hasPeer) {
  const remark = [
    isSame ? 'the same clusterings as stage by stage' : 'NO: other clusterings than stage by stage',
    ...(peer.without.length > 0 ? [`theirs without ${peer.without.join(', ')}`] : []),
  ].join('; ');
  return [
    [steps, 'sum of steps', bar],
    [story, 'drop to story', bar],
    [ready, 'drop to ready', null],
  ].map(([{ milliseconds, ratio }, name, least]) => {
    const cells = [`${title}, ${name}`, ms(milliseconds)];
    if (hasPeer) cells.push(ms(peer.milliseconds), times(ratio), barText(least, ratio), remark);
    return cells;
  });
}

function remarks({ peakBytes, longestTask, pipeline }) {
  const parts = [
    `Most memory of the tab, all its workers included: ${memory(peakBytes)}.`,
    `Longest task of its main thread: ${task(longestTask)}.`,
  ];
  if (pipeline !== null) {
    parts.push(`On the page itself, from drop to ready: ${task(pipeline.longestTask)}.`);
  }
  return parts.join(' ');
}

function costTable(sizes) {
  const header = ['stage', ...sizes.flatMap(({ rows }) => [`${count(rows)} rows`, 'ns a row'])];
  const ids = [...new Set(sizes.flatMap(({ stages }) => stages.map(({ id }) => id)))];
  const rows = ids.map((id) => {
    const found = sizes.map(({ stages }) => stages.find((stage) => stage.id === id));
    const title = found.find((stage) => stage !== undefined).title;
    return [title, ...sizes.flatMap((size, i) => cost(found[i]?.milliseconds, size.rows))];
  });
  const totals = sizes.map(({ stages }) =>
    stages.reduce((total, { milliseconds }) => total + milliseconds, 0),
  );
  return [
    header,
    ...rows,
    ['together', ...sizes.flatMap(({ rows: n }, i) => cost(totals[i], n))],
    ['most memory', ...sizes.flatMap(({ peakBytes }) => [memory(peakBytes), ''])],
    ['longest task', ...sizes.flatMap(({ longestTask }) => [task(longestTask), ''])],
  ];
}

function cost(milliseconds, rows) {
  if (milliseconds === undefined) return ['–', ''];
  return [ms(milliseconds), count(Math.round((1e6 * milliseconds) / rows))];
}

function plainTable(rows) {
  const widths = rows[0].map((_, j) => Math.max(...rows.map((cells) => (cells[j] ?? '').length)));
  const line = (cells) =>
    cells
      .map((cell, j) => (isFigure(rows, j) ? cell.padStart(widths[j]) : cell.padEnd(widths[j])))
      .join('  ')
      .trimEnd();
  return rows.map(line).join('\n');
}

function markdownTable([header, ...rows]) {
  const rule = header.map((_, j) => (isFigure([header, ...rows], j) ? '---:' : '---'));
  return [header, rule, ...rows.map((cells) => header.map((_, j) => cells[j] ?? ''))]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** Columns of figures are flush right. */
function isFigure([header], j) {
  return j > 0 && !header[j].startsWith('same');
}

function verdict({ compared, isSame }) {
  return isSame ? `yes: ${compared}` : `NO: ${compared}`;
}

function barText(bar, ratio) {
  if (bar === null) return '';
  if (ratio === null) return `≥ ${bar}×`;
  return ratio >= bar ? `≥ ${bar}× met` : `≥ ${bar}× MISSED`;
}

function lastLine(text) {
  return text.trim().split('\n').at(-1);
}

function ms(value) {
  if (value >= 100) return `${count(Math.round(value))} ms`;
  return `${value.toFixed(value < 10 ? 2 : 1)} ms`;
}

const times = (ratio) => `${ratio.toFixed(1)}×`;
const memory = (bytes) =>
  bytes === null ? 'unknown' : `${count(Math.round(bytes / 2 ** 20))} MiB`;
const task = (duration) => (duration === 0 ? 'none over 50 ms' : `${Math.round(duration)} ms`);
const count = (value) => value.toLocaleString('en-US');
