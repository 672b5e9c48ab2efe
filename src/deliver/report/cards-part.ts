import { distinctDifferences } from '../../core/explain/names';
import { featureLabel, formatMean, isLevel } from '../../core/explain/feature-words';
import type { Persona } from '../../core/explain/personas';
import type { Profile } from '../../core/explain/profile';
import { ruleText, ruleWorth } from '../../core/explain/rule-words';
import {
  capitalise,
  columnLabel,
  formatCount,
  formatShare,
  formatValue,
  listInWords,
} from '../../core/words';
import { markup, type Markup } from './markup';
import { colorOf, named, table, type Look } from './pieces';
import type { ReportInput } from './report-input';
import { verdictOf } from './story-part';

/** Columns of a card's table. */
const shownColumns = 6;

/** A card for each segment: size and value, typical numbers, how to recognise them, what to do. */
export function cardsPart(input: ReportInput, look: Look): Markup {
  const { story, personas } = input;
  const badges = verdictOf(input)?.badges;
  return markup`<h2>The segments one by one</h2>
<p class="about">Averages and medians are in the units of the file; the index is the segment’s average where that of all customers is 100.</p>
<div class="cards">${story.profile.segments.map((segment, c) => {
    const persona = personas?.personas[c];
    return markup`<section class="card"><h3>${named(c, segment.name, look)}</h3>
<p>${segment.sentence}</p>
${bars(input, c)}${typicalNumbers(story.profile, c)}
${persona === undefined ? null : recognise(persona, story.profile)}${persona === undefined ? null : whatToDo(persona, segment.advice)}
${badges?.[c] ? markup`<h4>How surely they come back: ${badges[c].label.toLowerCase()}</h4><p class="quiet">${badges[c].sentence}</p>` : null}</section>
`;
  })}</div>`;
}

function bars({ story, personas }: ReportInput, c: number): Markup {
  const { share, size } = story.profile.segments[c];
  const value = personas?.value ?? null;
  const rows = [
    { label: 'Customers', share, note: formatCount(size) },
    ...(value === null
      ? []
      : [
          {
            label: capitalise(columnLabel(value.column)),
            share: value.shares[c],
            note: formatCount(Math.round(value.totals[c])),
          },
        ]),
  ];
  return markup`<div class="bars">${rows.map(
    (row) =>
      markup`<span>${row.label}</span><span class="bar"><i style="width:${(100 * row.share).toFixed(2)}%;background:${colorOf(c)}"></i></span><strong>${formatShare(row.share)}</strong><small>${row.note}</small>`,
  )}</div>`;
}

function typicalNumbers({ segments, overall }: Profile, c: number): Markup {
  const segment = segments[c];
  const columns = distinctDifferences(segment, overall).slice(0, shownColumns);
  return table(
    `Typical numbers of ${segment.name}`,
    [
      { title: 'Differs most in' },
      { title: 'average', isNumber: true },
      { title: 'median', isNumber: true },
      { title: 'of all', isNumber: true },
      { title: 'index', isNumber: true },
    ],
    columns.map((j) => {
      const { mean, median, ratio } = segment.columns[j];
      return {
        cells: [
          capitalise(featureLabel(overall[j])),
          formatMean(overall[j], mean),
          isLevel(overall[j]) ? '–' : formatValue(median),
          formatMean(overall[j], overall[j].mean),
          ratio === undefined ? '–' : formatCount(100 * ratio),
        ],
      };
    }),
  );
}

function recognise({ rule, typical }: Persona, { overall }: Profile): Markup {
  const lines = typical.map(({ line }) => formatCount(line));
  return markup`<h4>How to recognise them</h4>
${rule === null ? markup`<p>No short rule finds them.</p>` : markup`<p>${ruleText(rule, overall)}.</p><p class="quiet">${ruleWorth(rule)}</p>`}
${lines.length === 0 ? null : markup`<p class="quiet">Most typical: ${lines.length === 1 ? 'line' : 'lines'} ${listInWords(lines)} of the file.</p>`}`;
}

function whatToDo({ advice }: Persona, own: string | undefined): Markup {
  if (own !== undefined) {
    return markup`<h4>What to do</h4><p class="own">${own}</p><p class="quiet">Written by hand, not from the numbers.</p>`;
  }
  if (advice.length === 0) {
    return markup`<h4>What to do</h4><p>Near the average in what the advice goes by: what is good for all customers is good for them.</p>`;
  }
  return markup`<h4>What to do</h4><ul class="advice">${advice.map(
    ({ title, text, because }) =>
      markup`<li><strong>${title}.</strong> ${text} <small>Because: ${listInWords(because)}.</small></li>`,
  )}</ul>`;
}
