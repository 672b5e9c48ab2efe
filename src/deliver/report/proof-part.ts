import type { StepViews } from '../../contract/views';
import { formatCount, formatShare, formatValue } from '../../core/words';
import { markup, type Markup } from './markup';
import { colorOf, hundredths, list, named, segmentHeads, table, type Look } from './pieces';
import type { ReportInput } from './report-input';
import { verdictOf } from './story-part';

/** Whether to believe the segments, and whether rules can tell them apart. */
export function proofPart(input: ReportInput, look: Look): Markup {
  return markup`<h2>How far to trust them</h2>
${input.trust === null ? markup`<p>That had not been tried when this report was written.</p>` : trustPart(input, input.trust, look)}
<h2>Can rules recognise them?</h2>
${classifierPart(input, look)}`;
}

function trustPart(input: ReportInput, trust: StepViews['trust'], look: Look): Markup {
  const { profile, cluster } = input.story;
  const candidate = verdictOf(input);
  const { gap, predictionStrength } = trust;
  return markup`<p class="about">Customers were drawn anew again and again, split in half, and compared with tables in which there are no groups: the same columns, each shuffled, and one smooth cloud that spreads alike.</p>
${candidate === undefined ? null : markup`<p class="lead"><strong>${candidate.label}.</strong> ${candidate.sentence}</p>${list(candidate.evidence)}`}
${list(trust.sentences)}
${
  candidate === undefined
    ? null
    : table(
        'How surely each segment comes back',
        [
          { title: 'Segment' },
          { title: 'Comes back' },
          { title: 'Jaccard', isNumber: true },
          { title: 'In numbers' },
        ],
        candidate.badges.map((badge, c) => ({
          cells: [
            named(c, profile.segments[c].name, look),
            badge?.label ?? 'not known',
            hundredths(badge?.stability),
            badge?.sentence ?? '',
          ],
        })),
      )
}
<h4>By number of segments</h4>
${table(
  'Trust by number of segments',
  [
    { title: 'Segments' },
    { title: 'Verdict' },
    { title: 'Alike when drawn anew', isNumber: true },
    { title: 'Prediction strength', isNumber: true },
    { title: 'Silhouette', isNumber: true },
    { title: 'by chance', isNumber: true },
    { title: 'Gap', isNumber: true },
  ],
  trust.candidates.map((one, at) => ({
    isChosen: one.nClusters === cluster.clusterOf.length,
    cells: [
      String(one.nClusters),
      one.label,
      hundredths(one.adjustedRandIndex),
      hundredths(predictionStrength?.mean[at]),
      hundredths(one.silhouette),
      hundredths(one.chanceSilhouettes.shuffled),
      formatValue(gap.shuffled?.gap[one.nClusters - 1] ?? NaN),
    ],
  })),
)}`;
}

function classifierPart({ story: { tree, profile } }: ReportInput, look: Look): Markup {
  const { report, confusion, nTest } = tree;
  const names = profile.segments.map(({ name }) => name);
  const { heads, legend } = segmentHeads(names, look);
  return markup`<p class="about">A decision tree puts ${formatShare(report.accuracy)} of ${formatCount(nTest)} customers it had not seen into the right segment; always guessing the largest would get ${formatShare(report.majorityAccuracy)}. Rows: their segment. Columns: what the tree says.</p>
${legend}<div class="wide"><table class="heat" aria-label="Confusion matrix on the test customers">
<thead><tr><th scope="col"></th>${heads}<th scope="col">precision</th><th scope="col">found</th><th scope="col">F1</th></tr></thead>
<tbody>${confusion.map((row, c) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    const { precision, recall, f1 } = report.perClass[c];
    return markup`<tr><th scope="row">${legend === null ? named(c, names[c], look) : markup`${c + 1} ${named(c, names[c], look)}`}</th>${row.map(
      (count, as) =>
        markup`<td style="background:color-mix(in srgb, ${colorOf(as)} ${count > 0 ? 5 + Math.round((count / total) * 40) : 0}%, transparent)${c === as ? ';font-weight:650' : ''}">${formatCount(count)}</td>`,
    )}<td>${formatShare(precision)}</td><td>${formatShare(recall)}</td><td>${hundredths(f1)}</td></tr>
`;
  })}</tbody></table></div>
<p class="quiet">Precision: of those the tree put there, the share that belongs. Found: of those that belong, the share it found. New customers are placed by the nearest centre, not by the tree.</p>`;
}
