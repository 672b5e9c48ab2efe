import { setAsideByReason } from '../../core/clean/sentences';
import { counted, formatCount } from '../../core/words';
import { markup, type Markup } from './markup';
import { list, table } from './pieces';
import type { ReportInput } from './report-input';
import { verdictOf } from './story-part';
import {
  cleaningSentences,
  clusteringSentences,
  contentsSentence,
  derivedSentences,
  limitSentences,
  readingSentences,
  roleSentences,
  transformSentences,
  treeSentences,
  trustSentences,
} from './words';

/** How it was done, what was set aside, what not to conclude, and the settings that repeat it. */
export function methodPart(input: ReportInput): Markup {
  const { recipe, story, engine, app, trust } = input;
  const steps = [
    ...readingSentences(input),
    ...derivedSentences(story),
    ...roleSentences(story),
    ...cleaningSentences(input),
    ...transformSentences(input),
    ...clusteringSentences(input),
    ...(trust === null ? [] : trustSentences(recipe)),
    ...treeSentences(input),
    `Computed by Tessera ${app} on ${engine}; the same settings give the same segments on every machine.`,
  ];
  const limits = limitSentences({ story, trust, verdict: verdictOf(input)?.verdict });
  return markup`<h2>What not to conclude</h2>
${list(limits)}
<h2>How it was done</h2>
<ol class="steps">${steps.map((step) => markup`<li>${step}</li>`)}</ol>
${setAsidePart(input)}
<h2>Recipe</h2>
<p class="about">Every setting, to be used in Tessera again, on this file or the next. ${contentsSentence}</p>
<details class="screen"><summary>All settings as JSON</summary><pre>${JSON.stringify(recipe, null, 1)}</pre></details>
<p class="paper quiet">The settings are in the file that this was printed from.</p>`;
}

/** Rows that are told one by one. */
const mostRows = 20;

function setAsidePart({ story: { read, clean } }: ReportInput): Markup {
  const reasons = setAsideByReason(clean);
  const nAll = read.nSetAside + clean.nSetAside;
  const remarks = read.warnings.map(({ message }) => message);
  const shown = read.setAside.slice(0, mostRows);
  return markup`<h2>Rows set aside, and remarks on the file</h2>
${nAll === 0 ? markup`<p>No row was set aside.</p>` : list([...(read.nSetAside > 0 ? [`${counted(read.nSetAside, 'row')} did not fit the table.`] : []), ...reasons.map(({ sentence }) => `${sentence}.`)])}
${
  shown.length === 0
    ? null
    : markup`${table(
        'Rows that did not fit the table',
        [{ title: 'Line' }, { title: 'Column' }, { title: 'Why' }],
        shown.map(({ line, column, reason }) => ({
          cells: [formatCount(line), column === '' ? 'the row' : column, reason],
        })),
      )}${read.nSetAside > shown.length ? markup`<p class="quiet">and ${formatCount(read.nSetAside - shown.length)} more.</p>` : null}`
}
${remarks.length === 0 ? null : list(remarks.slice(0, 2 * mostRows))}`;
}
