import type { CentralLine } from './central-line.ts'
import type { Dialect } from './dialect.ts'
import { connectorStatus } from './outlet.ts'
import type { Outlet } from './outlet.ts'

/** Tells the central system an outlet's status, if it has changed since it was last told. */
export type ReportStatus = (outlet: Outlet, atMs: number) => void

export function statusReporter(dialect: Dialect, line: Pick<CentralLine, 'registered' | 'push'>): ReportStatus {
  return (outlet, atMs) => {
    const status = connectorStatus(outlet)
    const word = dialect.statusWord(status)
    // Without a line only the last status matters, and that is told after it is back.
    if (outlet.reportedStatus === word || !line.registered) return
    outlet.reportedStatus = word
    line.push(dialect.status(outlet, status, atMs))
  }
}
