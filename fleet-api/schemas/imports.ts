import { z } from '@hono/zod-openapi'
import { IMPORT_KINDS, IMPORT_STATES } from '../../domain/import-job.ts'
import { instant } from './common.ts'

const values = z
  .record(z.string(), z.unknown())
  .describe('What the sentence names: texts, numbers, or sentences with codes and values of their own.')

/** What the server says in the reader's language, with what a machine tells it by. */
const said = z.object({
  text: z.string().describe('In the language that was asked for.'),
  code: z
    .string()
    .nullable()
    .describe('The same sentence has the same code; null: an earlier version kept it in English.'),
  values,
})

const thing = z.object({
  kind: z.enum(['timetable', 'site', 'station', 'vehicle']),
  id: z.string(),
  fileName: z.string().optional().describe('Of a timetable that is replaced.'),
})

const finding = z.object({
  severity: z.enum(['error', 'warning']).describe('error: something is left out; warning: mended, assumed or ignored.'),
  file: z.string(),
  code: z.string().describe('The same trouble has the same code.'),
  message: z.string().describe('In the language that was asked for.'),
  values,
  count: z.int(),
  examples: z
    .array(z.object({ line: z.int().nullable(), detail: z.string() }))
    .describe('The first few; `detail` is in the language that was asked for.'),
})

const report = z.object({
  counts: z.record(z.string(), z.int()).describe('How many of each thing, by name.'),
  findings: z.array(finding),
  lines: z.array(said).describe('What became of it, in sentences.'),
  replaces: z.array(thing).describe('What it replaces or puts out of service.'),
  adds: z.array(thing).describe('What is new.'),
  feedId: z.string().nullable(),
  canUndo: z.boolean().describe('Whether it can be taken back once it is stored.'),
})

/** A file that was handed in. */
export const importJob = z
  .object({
    importId: z.int(),
    kind: z.enum(IMPORT_KINDS),
    fileName: z.string().describe('Of one that takes another back: that one’s.'),
    options: z.object({
      feedId: z.string().optional(),
      series: z.string().optional(),
      siteId: z.string().optional(),
      sourceId: z.string().optional(),
      undoOf: z.int().optional().describe('It takes back this import.'),
      restores: z.string().optional().describe('The file of the timetable that comes back with it.'),
    }),
    sizeBytes: z.int(),
    state: z
      .enum(IMPORT_STATES)
      .describe(
        'waiting → checking → checked or refused; once applied: asked → applying → done or failed. Nothing is stored before `asked`.',
      ),
    report: report.nullable(),
    message: z
      .string()
      .nullable()
      .describe('Why it was refused, or failed, in the language that was asked for; `problems` goes on from there.'),
    code: z.string().nullable().describe('The same refusal has the same code.'),
    problems: z.array(said).describe('What is wrong one by one, the first hundred.'),
    createdBy: z.string().nullable(),
    createdAt: instant,
    checkedAt: instant.nullable(),
    finishedAt: instant.nullable(),
  })
  .openapi('Import', {
    example: {
      importId: 3,
      kind: 'gtfs',
      fileName: 'feed.zip',
      options: {},
      sizeBytes: 61_117,
      state: 'checked',
      report: {
        counts: { trips: 138, blocks: 12, stops: 38 },
        findings: [
          {
            severity: 'warning',
            file: 'feed_info.txt',
            code: 'expiring',
            message: 'the timetable ends on 2026-12-05: get the next one before 2026-12-06',
            values: { end: '2026-12-05', next: '2026-12-06' },
            count: 1,
            examples: [],
          },
        ],
        lines: [
          {
            text: 'blagoevgrad: 2025-01-01 to 2026-12-05, Europe/Sofia.',
            code: 'feedSpan',
            values: { feed: 'blagoevgrad', start: '2025-01-01', end: '2026-12-05', zone: 'Europe/Sofia' },
          },
        ],
        replaces: [{ kind: 'timetable' as const, id: 'blagoevgrad', fileName: 'feed-2025.zip' }],
        adds: [],
        feedId: 'blagoevgrad',
        canUndo: true,
      },
      message: null,
      code: null,
      problems: [],
      createdBy: 'Мария Иванова',
      createdAt: '2026-11-23T19:42:00.000Z',
      checkedAt: '2026-11-23T19:42:02.000Z',
      finishedAt: null,
    },
  })
