import { z } from '@hono/zod-openapi'
import { IMPORT_KINDS, IMPORT_STATES } from '../../domain/import-job.ts'
import { instant } from './common.ts'

const finding = z.object({
  severity: z.enum(['error', 'warning']).describe('error: something is left out; warning: mended, assumed or ignored.'),
  file: z.string(),
  code: z.string().describe('The same trouble has the same code.'),
  message: z.string(),
  count: z.int(),
  examples: z.array(z.object({ line: z.int().nullable(), detail: z.string() })),
})

const report = z.object({
  counts: z.record(z.string(), z.int()).describe('How many of each thing, by name.'),
  findings: z.array(finding),
  lines: z.array(z.string()).describe('What became of it, in sentences.'),
  replaces: z.array(z.string()).describe('What it replaces or puts out of service.'),
  adds: z.array(z.string()).describe('What is new.'),
  feedId: z.string().nullable(),
  canUndo: z.boolean().describe('Whether it can be taken back once it is stored.'),
})

/** A file that was handed in. */
export const importJob = z
  .object({
    importId: z.int(),
    kind: z.enum(IMPORT_KINDS),
    fileName: z.string(),
    options: z.object({
      feedId: z.string().optional(),
      series: z.string().optional(),
      siteId: z.string().optional(),
      sourceId: z.string().optional(),
      undoOf: z.int().optional().describe('It takes back this import of a fleet file.'),
    }),
    sizeBytes: z.int(),
    state: z
      .enum(IMPORT_STATES)
      .describe(
        'waiting → checking → checked or refused; once applied: asked → applying → done or failed. Nothing is stored before `asked`.',
      ),
    report: report.nullable(),
    message: z.string().nullable().describe('Why it was refused, or failed.'),
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
            count: 1,
            examples: [],
          },
        ],
        lines: ['blagoevgrad: 2025-01-01 to 2026-12-05, Europe/Sofia.'],
        replaces: ['timetable blagoevgrad (feed-2025.zip)'],
        adds: [],
        feedId: 'blagoevgrad',
        canUndo: true,
      },
      message: null,
      createdBy: 'Мария Иванова',
      createdAt: '2026-11-23T19:42:00.000Z',
      checkedAt: '2026-11-23T19:42:02.000Z',
      finishedAt: null,
    },
  })
