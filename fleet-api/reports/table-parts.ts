import { say, type Sentence } from '../../domain/sentences/sentence.ts'
import { localDate } from '../../domain/service-time.ts'
import type { CarbonBasis } from './carbon-basis.ts'

/** A file's name with its first and last day, both within. */
export function fileNameOf(name: string, span: { from: Date; to: Date; timeZone: string }): string {
  const first = localDate(span.from, span.timeZone)
  const last = localDate(new Date(span.to.getTime() - 1), span.timeZone)
  return `${name}-${first}-${last}`
}

export function basisNotes(basis: readonly CarbonBasis[]): Sentence[] {
  return basis.map(({ method, siteId, gPerKwh, source, year, isDefault }) => {
    const named = year === null ? source : `${source}, ${year}`
    return say('basis', {
      method: say(method === 'location' ? 'byLocation' : 'byMarket'),
      siteId,
      value: gPerKwh ?? '?',
      source: isDefault ? say('defaultSource', { source: named }) : named,
    })
  })
}
