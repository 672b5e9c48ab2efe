import { storyFacts } from '../../contract/story-facts';
import { bySegment } from '../../core/judge/badges';
import { headline, segmentsInWords, storyLead } from '../../core/explain/story';
import { columnLabel, formatCount, formatShare } from '../../core/words';
import { markup, type Markup } from './markup';
import { named, table, type Look } from './pieces';
import type { ReportInput } from './report-input';

/** What a reader in a hurry needs: how many groups, whether to believe it, who they are, what to do first. */
export function storyPart(input: ReportInput, look: Look): Markup {
  const { story, source, app, date } = input;
  const verdict = verdictOf(input);
  return markup`<header>
<p class="top">Tessera ${app} · ${source.name} · ${date}</p>
<h1>${headline(story.clean.nKept)} ${segmentsInWords(story.cluster.nClusters)}.</h1>
${verdict === undefined ? null : markup`<p class="lead"><strong>${verdict.label}.</strong> ${isMerged(story) ? 'Before merging: ' : ''}${verdict.sentence}</p>`}
<p class="lead">${storyLead(storyFacts(story)).map(({ text, strong }) => (strong ? markup`<strong>${text}</strong>` : markup`${text}`))}</p>
</header>
<h2>Who they are, and what to do first</h2>
${overview(input, look)}`;
}

function isMerged({ cluster }: ReportInput['story']): boolean {
  return cluster.nClusters < cluster.clusterOf.length;
}

/** What is known of the number of segments that was chosen, before some were merged; badges by segment. */
export function verdictOf({ trust, story }: Pick<ReportInput, 'trust' | 'story'>) {
  const { nClusters, clusterOf } = story.cluster;
  const candidate = trust?.candidates.find((one) => one.nClusters === clusterOf.length);
  return candidate && { ...candidate, badges: bySegment(candidate.badges, clusterOf, nClusters) };
}

function overview({ story, personas }: ReportInput, look: Look): Markup {
  const value = personas?.value ?? null;
  return table(
    'The segments',
    [
      { title: 'Segment' },
      { title: 'Customers', isNumber: true },
      ...(value === null
        ? []
        : [{ title: `Share of ${columnLabel(value.column)}`, isNumber: true }]),
      { title: 'Who they are' },
      { title: 'What to do first' },
    ],
    story.profile.segments.map(({ name, sentence, size, share, advice }, c) => ({
      cells: [
        named(c, name, look),
        `${formatShare(share)} (${formatCount(size)})`,
        ...(value === null ? [] : [formatShare(value.shares[c])]),
        sentence,
        advice ?? personas?.personas[c]?.advice.at(0)?.title ?? 'Nothing of their own',
      ],
    })),
  );
}
