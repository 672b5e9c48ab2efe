import { cardsPart } from './cards-part';
import { markup, raw } from './markup';
import { methodPart } from './method-part';
import { picturesPart } from './pictures-part';
import { proofPart } from './proof-part';
import type { ReportInput } from './report-input';
import { storyPart } from './story-part';
import { reportStyle } from './style';

/** Nothing may be loaded, run or sent: only styles that stand in the document itself. */
export const reportPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/**
 * The whole story as one HTML document that needs nothing but itself: no script, no address, every text escaped. It reads
 * on a screen, light or dark, and prints onto A4. What is in it: `docs/report.md`.
 */
export function writeReport(input: ReportInput): string {
  const look = { shapes: input.shapes };
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${reportPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>Segments of ${input.source.name}</title>
<style>${raw(reportStyle)}</style>
</head>
<body>
${storyPart(input, look)}
${cardsPart(input, look)}
${picturesPart(input, look)}
${proofPart(input, look)}
${methodPart(input)}
</body>
</html>
`.markup;
}
