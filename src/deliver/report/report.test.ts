import { beforeAll, describe, expect, it } from 'vitest';
import { defaultRecipe } from '../../core/recipe';
import { markShapes, reportMap } from '../../ui/save/report-map';
import { quickRecipe, sampleText } from '../../../tests/helpers/pipeline';
import { evaluateAll, fileOf } from '../../../tests/helpers/service';
import { hasShared, readSharedJson, whyAbsent } from '../../../tests/helpers/shared-data';
import { createService } from '../../../workers/service';
import type { StepViews } from '../../contract/views';
import { escapeText } from './markup';
import { niceTicks } from './curve-picture';
import { reportPolicy, writeReport } from './report';
import type { ReportInput } from './report-input';

function inputOf(views: StepViews, more: Partial<ReportInput> = {}): ReportInput {
  return {
    app: '1.2.3',
    date: '21 November 2026',
    source: { name: 'customers.csv', fingerprint: 'f00' },
    recipe: quickRecipe,
    story: views,
    personas: views.personas,
    trust: views.trust,
    engine: 'plain loops',
    map: reportMap(views),
    shapes: markShapes(views.cluster.nClusters),
    ...more,
  };
}

async function viewsOf(text: string): Promise<StepViews> {
  return (await evaluateAll(createService({}), fileOf(text), quickRecipe)).views;
}

/** What a reader sees: markup taken out, entities resolved. */
function textOf(report: string): string {
  return report
    .replace(/<style>[^]*?<\/style>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
}

/** What could load, run, send or lead anywhere. */
const ways =
  /<(?:script|iframe|object|embed|link|form|img|a|base|audio|video|source|image|use|foreignObject)\b|\bon[a-z]+\s*=\s*["']|url\(|@import|(?:src|href)\s*=/i;

describe('a report', () => {
  let views: StepViews;
  let report: string;
  let text: string;
  beforeAll(async () => {
    views = await viewsOf(sampleText(600));
    report = writeReport(inputOf(views));
    text = textOf(report);
  }, 60_000);

  it('forbids itself everything but its own styles, before anything else', () => {
    expect(report).toMatch(
      /^<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy"/,
    );
    expect(report).toContain(escapeText(reportPolicy));
    expect(reportPolicy).toContain("default-src 'none'");
    expect(report).not.toMatch(ways);
  });

  it('tells how many groups there are, whether to believe it, who they are and what to do', () => {
    const { segments } = views.profile;
    const trust = views.trust.candidates[views.cluster.nClusters - 2];
    expect(text).toContain('600 customers fall into');
    expect(text).toContain(trust.sentence);
    for (const [c, { name, sentence }] of segments.entries()) {
      expect(text).toContain(name);
      expect(text).toContain(sentence);
      for (const { title, because } of views.personas.personas[c].advice) {
        expect(text).toContain(title);
        expect(text).toContain(because[0]);
      }
    }
  });

  it('has a dot on the map for each customer that the page draws', () => {
    const inside = (report.match(/M[\d.-]+ [\d.-]+h0/g) ?? []).length;
    expect(inside).toBeGreaterThan(580);
    expect(inside).toBeLessThanOrEqual(views.clean.nKept);
  });

  it('has the settings, the log of the cleaning and the matrix of the classifier', () => {
    expect(text).toContain('"nInit": 2');
    expect(text).toMatch(/missing values? in .* filled with/);
    expect(text).toContain('k-means++, 2 starts for each number, seed 42');
    for (const row of views.tree.confusion) {
      for (const count of row) expect(text).toContain(` ${count} `);
    }
  });

  it('says so where trust and personas were not there', () => {
    const without = textOf(writeReport(inputOf(views, { trust: null, personas: null })));
    expect(without).toContain('had not been tried when this report was written');
    expect(without).not.toContain('How to recognise them');
  });

  it('is a function of what goes in', () => {
    expect(writeReport(inputOf(views))).toBe(report);
  });
});

describe('a report on a hostile file', () => {
  const hostile = [
    '</style><script>globalThis.hacked = 1</script>',
    '"><img src=x onerror="hacked=1">',
    "' onmouseover='hacked=1",
    '__proto__',
    '<svg><style>*{background:url(//evil.example)}</style>',
    '\u202Egnp.exe\u0000\u001B[31m',
    '${7*7} {{7*7}} %{x} &lt;b&gt;',
  ];

  it('shows every name as text', async () => {
    const names = [
      ...hostile,
      ...(hasShared('blns.json')
        ? readSharedJson<string[]>('blns.json').filter((name) => /[<>"'&]/.test(name))
        : []),
    ].slice(0, 60);
    const quote = (word: string) => `"${word.replaceAll('"', '""')}"`;
    const rows = Array.from({ length: 90 }, (_, i) =>
      [...names.map((_, j) => (i % 3) * 10 + ((i * (j + 7)) % 11)), quote(hostile[i % 7])].join(),
    );
    const csv = [[...names, 'note'].map(quote).join(), ...rows].join('\n');
    const views = await viewsOf(csv);
    const report = writeReport(
      inputOf(views, { source: { name: hostile[0], fingerprint: hostile[1] } }),
    );
    // Quotes are escaped, so a value ends where it seems to; what is left are names of tags and attributes.
    const tags =
      report
        .match(/<\/?[a-z][^>]*>/gi)
        ?.join('\n')
        .replace(/="[^"]*"/g, '=""') ?? '';
    expect(tags).toContain('<td class="">');
    expect(tags).not.toMatch(ways);
    expect(report.match(/<style>/g)).toHaveLength(1);
    expect(report).not.toMatch(/[^\P{Cc}\t\n\r]/u);
    expect(textOf(report)).toContain('</style><script>globalThis.hacked = 1</script>');
  }, 60_000);

  it.skipIf(hasShared('blns.json'))(`has no more names: ${whyAbsent}`, () => undefined);
});

describe('ticks', () => {
  it('are round, and reach from below the least to above the most', () => {
    expect(niceTicks(0.12, 0.31)).toEqual([0.1, 0.15, 0.2, 0.25, 0.3, 0.35]);
    expect(niceTicks(61_000, 152_000)).toEqual([
      50_000, 75_000, 100_000, 125_000, 150_000, 175_000,
    ]);
    expect(niceTicks(3, 3)).toEqual([3, 4]);
  });
});

describe('many segments', () => {
  it('stand above columns by number, and a legend says which is which', async () => {
    const recipe = {
      ...quickRecipe,
      sweep: { ...quickRecipe.sweep, kMax: 8 },
      cluster: { nClusters: 8 },
    };
    const { views } = await evaluateAll(createService({}), fileOf(sampleText(300)), recipe);
    const report = writeReport(inputOf(views, { recipe }));
    const { name } = views.profile.segments[7];
    expect(report).toContain(`<abbr title="${escapeText(name)}">8</abbr>`);
    expect(textOf(report)).toContain(`8 ${name}`);
    expect(report.match(/class="legend"/g)).toHaveLength(2);
  }, 60_000);
});

describe('one segment', () => {
  it('has a report, too', async () => {
    const recipe = { ...quickRecipe, cluster: { nClusters: 1 } };
    const { views } = await evaluateAll(createService({}), fileOf(sampleText(120)), recipe);
    const text = textOf(writeReport(inputOf(views, { recipe })));
    expect(text).toContain('one segment');
    expect(text).not.toContain('NaN');
    expect(text).not.toContain('undefined');
    expect(defaultRecipe.cluster.nClusters).toBe('auto');
  }, 60_000);
});
