import { beginImport, endImport, forgetImportFiles, keepPrevious, type BegunImport } from '../../db/import-jobs.ts'
import { feedSource } from '../../db/timetable.ts'
import { keptRefusal, Refused } from '../../domain/sentences/refused.ts'
import { say } from '../../domain/sentences/sentence.ts'
import { applyImport } from '../imports/apply-import.ts'
import { checkImport, NOTHING } from '../imports/check-import.ts'
import { takeBackFleetFile } from '../imports/import-fleet.ts'
import { ImportRefused } from '../imports/import-refused.ts'
import type { JobContext } from './job.ts'

/** A file that has brought the process down twice is not tried again. */
const MOST_ATTEMPTS = 3
/** Of a file in which everything is wrong. */
const MOST_PROBLEMS_KEPT = 100

/** Looks through the files that people have handed in, and stores those that they have asked for. */
export async function runImports(context: JobContext): Promise<void> {
  let any = false
  for (let next = await beginImport(context.db); next !== undefined; next = await beginImport(context.db)) {
    any = true
    await runImport(context, next)
  }
  if (any) await forgetImportFiles(context.db, context.now())
}

async function runImport({ db, now, log }: JobContext, file: BegunImport): Promise<void> {
  const { importId, work } = file
  try {
    if (file.attempts > MOST_ATTEMPTS) throw new ImportRefused(say('begunTooOften'))
    if (work === 'check') {
      const report = await checkImport(db, file, now())
      await endImport(db, importId, { state: 'checked', report, at: now() })
      return
    }
    if (file.kind === 'fleet' && file.options.undoOf !== undefined) {
      const lines = await takeBackFleetFile(db, file.body, now())
      await endImport(db, importId, { state: 'done', report: { ...NOTHING, lines }, at: now() })
      return
    }
    const report = await checkImport(db, file, now())
    if (report.feedId !== null) await keepPrevious(db, importId, await feedSource(db, report.feedId))
    const lines = await applyImport(db, file, now(), (tx, previous) => keepPrevious(tx, importId, previous))
    await endImport(db, importId, { state: 'done', report: { ...report, lines }, at: now() })
    log.info({ importId, kind: file.kind, fileName: file.fileName }, 'imported')
  } catch (error) {
    const refused = error instanceof Refused
    if (!refused) log.error({ importId, error }, 'an import failed')
    await endImport(db, importId, {
      state: refused && work === 'check' ? 'refused' : 'failed',
      message: keptRefusal(refused ? withinReason(error) : { said: say('ourFault', { importId }), problems: [] }),
      at: now(),
    })
  }
}

function withinReason({ said, problems }: Refused): Pick<Refused, 'said' | 'problems'> {
  if (problems.length <= MOST_PROBLEMS_KEPT) return { said, problems }
  const more = say('moreProblems', { n: problems.length - MOST_PROBLEMS_KEPT })
  return { said, problems: [...problems.slice(0, MOST_PROBLEMS_KEPT), more] }
}
