import {
  noteReportDelivery,
  queueReportDeliveries,
  takeReportDeliveries,
  type TakenDelivery,
} from '../../db/report-schedules.ts'
import { ApiError } from '../errors.ts'
import type { ReportFile } from '../reports/files/file-of.ts'
import { scheduledFile, type ScheduledReport } from '../reports/scheduled-file.ts'
import type { FleetJobContext } from './fleet-job.ts'
import { nextAttempt } from './next-attempt.ts'
import { pushFile, type PushResult } from './push-file.ts'
import { keptSentence } from '../../domain/sentences/kept-sentence.ts'
import { say, type Sentence } from '../../domain/sentences/sentence.ts'

/** In one run; the rest stays due for the next. */
const MOST = 20

/**
 * Sends the reports of the periods that became due, each period once, and tries again later what was not taken, over three days. One that a process died over is sent again, with
 * the same idempotency key.
 */
export async function pushReports(context: FleetJobContext): Promise<void> {
  const { db, now } = context
  await queueReportDeliveries(db, now())
  for (const delivery of await takeReportDeliveries(db, now(), MOST)) await push(context, delivery)
}

async function push({ db, now, log, outbound }: FleetJobContext, delivery: TakenDelivery): Promise<void> {
  const { schedule, secret, periodStart, periodEnd, attempts } = delivery
  const { scheduleId } = schedule
  const file = await fileOrReason(
    () => scheduledFile(db, schedule as typeof schedule & ScheduledReport, { from: periodStart, to: periodEnd }),
    (err) => log.error({ scheduleId, periodStart, err }, 'a report could not be made'),
  )
  const result: PushResult | { location: null; error: Sentence } =
    'error' in file
      ? { location: null, error: file.error }
      : await pushFile(file, schedule.target, secret, {
          key: `zaryad-report-${scheduleId}-${periodStart}`,
          outbound,
        })
  const at = now()
  const { error } = result
  const unmakeable = 'error' in file && file.final
  await noteReportDelivery(db, {
    scheduleId,
    periodStart,
    at,
    location: result.location,
    bytes: 'bytes' in file ? file.bytes.byteLength : null,
    error: error === null ? null : keptSentence(error),
    nextAttemptAt: error === null || unmakeable ? null : nextAttempt(attempts, at),
  })
  if (error === null) log.info({ scheduleId, periodStart, location: result.location }, 'a report was pushed')
  else log.warn({ scheduleId, periodStart, attempts, error }, 'a report was not taken')
}

/** The file, or why there is none; `final`: asking again makes it no better. What nobody foresaw is `noted`, and told to no reader. */
async function fileOrReason(
  make: () => Promise<ReportFile>,
  noted: (error: unknown) => void,
): Promise<ReportFile | { error: Sentence; final: boolean }> {
  try {
    return await make()
  } catch (error) {
    if (error instanceof ApiError) {
      const why = error.details.errors?.[0]?.message ?? error.details.detail ?? say('reach_unknown')
      return { error: say('reportUnmakeable', { why }), final: true }
    }
    noted(error)
    return { error: say('reportFailed'), final: false }
  }
}
