import type { z } from '@hono/zod-openapi'
import type { ImportJob } from '../db/import-jobs.ts'
import { keptThing, type KeptReport } from '../domain/import-job.ts'
import type { Language } from '../domain/language.ts'
import type { KeptRefusal } from '../domain/sentences/refused.ts'
import { keptIn, type KeptSaid } from '../domain/sentences/said.ts'
import { asJson } from './as-json.ts'
import type { importJob } from './schemas/imports.ts'

type Told = z.output<typeof importJob>
type ToldReport = NonNullable<Told['report']>
type ToldSentence = ToldReport['lines'][number]

/** An import as the API tells it, worded for its reader. */
export function importJson(job: ImportJob, language: Language): Told {
  const { report, message, options, ...rest } = job
  return {
    ...asJson(rest),
    options,
    fileName: nameOf(job),
    report: report === null ? null : reportJson(report, language),
    ...refusalJson(message, language),
  }
}

const BEFORE = 'before '

/** An earlier version called the file of an import that takes another one back after that one, in English. */
function nameOf({ fileName, options }: Pick<ImportJob, 'fileName' | 'options'>): string {
  return options.undoOf !== undefined && fileName.startsWith(BEFORE) ? fileName.slice(BEFORE.length) : fileName
}

function reportJson(report: KeptReport, language: Language): ToldReport {
  return {
    ...report,
    findings: report.findings.map(({ message, examples, ...finding }) => ({
      ...finding,
      message: keptIn(language, message),
      values: plainOf(message).values,
      examples: examples.map(({ line, detail }) => ({ line, detail: keptIn(language, detail) })),
    })),
    lines: report.lines.map((line) => saidJson(line, language)),
    replaces: report.replaces.map(keptThing),
    adds: report.adds.map(keptThing),
  }
}

function refusalJson(
  message: KeptRefusal | string | null,
  language: Language,
): Pick<Told, 'message' | 'code' | 'problems'> {
  if (message === null) return { message: null, code: null, problems: [] }
  if (typeof message === 'string') return { message, code: null, problems: [] }
  return {
    message: keptIn(language, message.said),
    code: plainOf(message.said).code,
    problems: message.problems.map((problem) => saidJson(problem, language)),
  }
}

/** A sentence in the reader's language, with what a machine tells it by. */
function saidJson(said: KeptSaid, language: Language): ToldSentence {
  return { text: keptIn(language, said), ...plainOf(said) }
}

/** Of what an earlier version kept as English there is no code. */
function plainOf(said: KeptSaid): Pick<ToldSentence, 'code' | 'values'> {
  return typeof said === 'string' ? { code: null, values: {} } : said
}
