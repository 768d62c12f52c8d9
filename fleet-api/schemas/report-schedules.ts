import { z } from '@hono/zod-openapi'
import { isTimeZone } from '../../domain/time-zone.ts'
import { LANGUAGES } from '../../domain/language.ts'
import { REPORT_NAMES } from '../reports/scheduled-file.ts'
import { leftOut } from '../../domain/left-out.ts'
import { instant, localDate } from './common.ts'
import { say } from '../../domain/sentences/sentence.ts'
import { refusing } from '../../domain/sentences/issue-sentence.ts'
import { matching } from '../matching.ts'

export const scheduleId = z.coerce.number().int().min(1).max(2_147_483_647).openapi({ example: 3 })

/** Those that the sender sets itself, or that would speak for another host. */
const OWN_HEADERS =
  /^(host|content-.*|transfer-encoding|connection|cookie|idempotency-key|user-agent|expect|upgrade|te|trailer|keep-alive|proxy-.*)$/i

const headers = z
  .record(
    matching(z.string(), /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, say('headerName')).refine(
      (name) => !OWN_HEADERS.test(name),
      refusing(say('ownHeader')),
    ),
    matching(z.string(), /^[\x20-\x7e]{1,2000}$/, say('printableAscii')),
  )
  .refine((all) => Object.keys(all).length <= 20, refusing(say('tooManyHeaders', { n: 20 })))
  .describe('Sent along; their values are kept secret.')

const segment = /^[\w.\-=!*'() /]*$/

const s3 = {
  endpoint: z.string().max(500).openapi({ example: 'https://s3.eu-central-1.amazonaws.com' }),
  bucket: matching(z.string(), /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, say('bucketName')),
  prefix: matching(z.string().max(300), segment, say('plainPrefix')).refine(
    (prefix) => !prefix.split('/').includes('..'),
    refusing(say('noParentFolder')),
  ),
  region: z.string().min(1).max(60),
  accessKeyId: z.string().min(1).max(128),
}

export const targetInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('http'), url: z.string().min(1).max(2000), headers: leftOut(headers) }),
  z.strictObject({
    kind: z.literal('s3'),
    ...s3,
    prefix: leftOut(s3.prefix),
    secretAccessKey: z.string().min(1).max(200).describe('Written only; never told again.'),
  }),
])

const target = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('http'),
    url: z.string().describe('Without its query, which is kept secret.'),
    headerNames: z.array(z.string()),
  }),
  z.object({ kind: z.literal('s3'), ...s3 }),
])

const HTTP = { kind: 'http' as const, url: 'https://city.example.org/energy' }

const common = {
  name: z.string().min(1).max(120),
  report: z.enum(REPORT_NAMES),
  format: z.enum(['json', 'csv', 'xlsx', 'parquet']),
  lang: z.enum(LANGUAGES),
  every: z
    .enum(['day', 'week', 'month'])
    .describe('The day, the week from Monday, or the month that ended at midnight.'),
  atLocal: matching(z.string(), /^([01]\d|2[0-3]):[0-5]\d$/, say('notTimeOfDay')).describe(
    'On the day after the period.',
  ),
  timeZone: z.string().refine(isTimeZone, refusing(say('notTimeZone'))),
  enabled: z.boolean(),
}

const parameters = z
  .record(z.string().max(60), z.string().max(200))
  .describe('The report’s query but for from, to, format and lang: siteId, groupBy, …')

export const reportSchedule = z
  .object({ scheduleId: z.int(), ...common, parameters, target, createdAt: instant, updatedAt: instant })
  .openapi('ReportSchedule', {
    example: {
      scheduleId: 3,
      name: 'Monthly energy by line',
      report: 'energy',
      format: 'xlsx',
      lang: 'bg',
      every: 'month',
      atLocal: '06:00',
      timeZone: 'Europe/Sofia',
      enabled: true,
      parameters: { groupBy: 'line', siteId: 'depot' },
      target: { ...HTTP, headerNames: ['authorization'] },
      createdAt: '2026-11-23T19:42:00.000Z',
      updatedAt: '2026-11-23T19:42:00.000Z',
    },
  })

export const reportScheduleDraft = z
  .strictObject({
    ...common,
    lang: leftOut(common.lang),
    timeZone: leftOut(common.timeZone).describe('The site’s, or the first site’s, when left out.'),
    enabled: leftOut(common.enabled),
    parameters: leftOut(parameters),
    target: targetInput,
  })
  .openapi('ReportScheduleDraft', {
    example: {
      name: 'Monthly energy by line',
      report: 'energy',
      format: 'xlsx',
      lang: 'bg',
      every: 'month',
      atLocal: '06:00',
      parameters: { groupBy: 'line', siteId: 'depot' },
      target: { ...HTTP, headers: { authorization: 'Bearer TOKEN' } },
    },
  })

export const reportScheduleChange = z
  .strictObject({
    name: leftOut(common.name),
    report: leftOut(common.report),
    format: leftOut(common.format),
    lang: leftOut(common.lang),
    every: leftOut(common.every),
    atLocal: leftOut(common.atLocal),
    timeZone: leftOut(common.timeZone),
    enabled: leftOut(common.enabled),
    parameters: leftOut(parameters),
    target: leftOut(targetInput).describe(
      'Whole, with its secrets: these go to no other address than they were entered for.',
    ),
  })
  .openapi('ReportScheduleChange', { example: { enabled: false } })

export const reportDelivery = z
  .object({
    periodStart: localDate,
    periodEnd: localDate.describe('Exclusive.'),
    state: z.enum(['pending', 'sending', 'delivered', 'failed']),
    attempts: z.int(),
    createdAt: instant,
    nextAttemptAt: instant.nullable(),
    deliveredAt: instant.nullable(),
    location: z.string().nullable(),
    bytes: z.int().nullable(),
    error: z
      .string()
      .nullable()
      .describe('Why the last try failed, in the language that is asked for; null: it did not.'),
  })
  .openapi('ReportDelivery', {
    example: {
      periodStart: '2026-10-01',
      periodEnd: '2026-11-01',
      state: 'delivered',
      attempts: 1,
      createdAt: '2026-11-01T04:00:00.000Z',
      nextAttemptAt: null,
      deliveredAt: '2026-11-01T04:00:01.000Z',
      location: 'https://city.example.org/energy',
      bytes: 18_240,
      error: null,
    },
  })
