import { segmentsInWords } from '../../core/explain/story';
import { formatBytes, formatCount } from '../../core/words';
import type { Project } from '../../contract/project-schema';

/** "today, 14:05", "yesterday, 14:05", "3 November 2026". */
export function whenInWords(savedAt: number, now: number): string {
  const [then, today] = [new Date(savedAt), new Date(now)];
  const days = Math.round((midnight(today) - midnight(then)) / 86_400_000);
  const time = then.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (days === 0) return `today, ${time}`;
  if (days === 1) return `yesterday, ${time}`;
  return then.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
}

function midnight(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** What is known of a project, in parts that are set apart by dots. */
export function projectFacts(project: Project, hasRows: boolean, now: number): string[] {
  const { source, nSegments, savedAt, keptRuns } = project;
  const size = source.nBytes === null ? '' : ` (${formatBytes(source.nBytes)})`;
  return [
    source.name + size,
    nSegments === null ? '' : segmentsInWords(nSegments),
    keptRuns.length === 0 ? '' : `${formatCount(keptRuns.length)} kept runs`,
    whenInWords(savedAt, now),
    keptInWords(source.isSample, hasRows),
  ].filter((fact) => fact !== '');
}

function keptInWords(isSample: boolean, hasRows: boolean): string {
  if (hasRows) return 'settings and file kept';
  return isSample ? 'settings kept' : 'settings kept, not the file';
}

/** Sizes of the segments for somebody who does not see the bar; '' where they are not known. */
export function sizesInWords({ sizes }: Pick<Project, 'sizes'>): string {
  if (sizes.length === 0) return '';
  return `Segments of ${sizes.map(formatCount).join(', ')} customers`;
}

export function storageInWords({ usage, quota }: { usage: number; quota: number }): string {
  return `The pages of this host use ${formatBytes(usage)} of the ${formatBytes(quota)} that the browser gives them here. Safari deletes what was not used for seven days: a project saved as a file is safe from that.`;
}

export function unreadableInWords(nUnreadable: number): string {
  if (nUnreadable === 0) return '';
  const projects =
    nUnreadable === 1 ? 'One project was' : `${formatCount(nUnreadable)} projects were`;
  return `${projects} written by another version of this page and cannot be shown. Reload the page to get its newest version; until then they are left as they are.`;
}
