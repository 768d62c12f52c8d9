import { Refused } from '../../domain/sentences/refused.ts'
import { saidIn, type Said } from '../../domain/sentences/said.ts'
import type { Sentence } from '../../domain/sentences/sentence.ts'
import type { FeedFinding, FeedReport } from '../../domain/timetable.ts'

/** A feed that cannot be used at all. */
export class FeedRefused extends Refused {
  override name = 'FeedRefused'
}

/** Collects what is wrong with a feed, one group per kind of trouble, so that it stays short however often it happens. */
export interface Findings {
  error(file: string, code: string, message: Sentence, line: number | null, detail: Said): void
  warning(file: string, code: string, message: Sentence, line: number | null, detail: Said): void
  list(): FeedFinding[]
}

/** `examples`: how many lines of each group are kept. */
export function collectFindings(examples = 5): Findings {
  const groups = new Map<string, FeedFinding>()
  const add = (
    severity: FeedFinding['severity'],
    file: string,
    code: string,
    message: Sentence,
    line: number | null,
    detail: Said,
  ): void => {
    const key = `${severity} ${file} ${code} ${message.in('en')}`
    let group = groups.get(key)
    if (group === undefined) {
      group = { severity, file, code, message, count: 0, examples: [] }
      groups.set(key, group)
    }
    group.count += 1
    if (group.examples.length < examples) group.examples.push({ line, detail })
  }
  return {
    error: (...finding) => add('error', ...finding),
    warning: (...finding) => add('warning', ...finding),
    list: () =>
      [...groups.values()].sort(
        (a, b) =>
          Number(a.severity === 'warning') - Number(b.severity === 'warning') ||
          a.file.localeCompare(b.file) ||
          a.code.localeCompare(b.code),
      ),
  }
}

/** The report as lines for a terminal or a log, in English. */
export function reportLines(report: FeedReport): string[] {
  const lines: string[] = []
  for (const finding of report.findings) {
    const times = finding.count === 1 ? '' : ` (${finding.count} times)`
    lines.push(`${finding.severity.padEnd(7)} ${finding.file}: ${saidIn('en', finding.message)}${times}`)
    for (const example of finding.examples) {
      if (example.line === null && example.detail === '') continue
      lines.push(`          ${example.line === null ? '' : `line ${example.line}: `}${saidIn('en', example.detail)}`)
    }
    if (finding.count > finding.examples.length) {
      lines.push(`          … and ${finding.count - finding.examples.length} more`)
    }
  }
  return lines
}
