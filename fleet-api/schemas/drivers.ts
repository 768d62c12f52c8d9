import { z } from '@hono/zod-openapi'
import { FAULT_CATEGORIES } from '../../domain/fault-report.ts'
import { id, instant, instantInput, siteId, stationId, vehicleId } from './common.ts'
import { say } from '../../domain/sentences/sentence.ts'
import { refusing } from '../../domain/sentences/issue-sentence.ts'

const aLink = {
  linkId: 'q2nZ7dP0aR4kT8wX',
  label: 'A1',
  vehicleId: null,
  bay: { siteId: 'depot', bayId: 'A1' },
  link: 'https://depot.example/driver#1797968520.cTJuWjdk.c2ln…',
  madeBy: 'Мария Иванова',
  createdAt: '2026-11-23T19:42:00.000Z',
  expiresAt: '2027-11-23T19:42:00.000Z',
  revokedAt: null,
  lastUsedAt: null,
}

export const driverLink = z
  .object({
    linkId: z.string(),
    label: z.string(),
    vehicleId: z.string().nullable(),
    bay: z.object({ siteId: z.string(), bayId: z.string() }).nullable(),
    link: z.string().nullable().describe('For the QR code; null: it is over or revoked.'),
    madeBy: z.string(),
    createdAt: instant,
    expiresAt: instant,
    revokedAt: instant.nullable(),
    lastUsedAt: instant.nullable().describe('To the minute; null: never.'),
  })
  .openapi('DriverLinkEntry', { example: aLink })

export const driverLinkRequest = z
  .strictObject({
    vehicleId: vehicleId.nullable().default(null),
    bay: z.strictObject({ siteId, bayId: id }).nullable().default(null),
    label: z.string().trim().min(1).max(80).optional().describe('The vehicle’s or bay’s own when left out.'),
    expiresInHours: z
      .int()
      .min(1)
      .max(24 * 400)
      .default(24 * 30),
  })
  .refine((link) => (link.vehicleId === null) !== (link.bay === null), refusing(say('vehicleOrBay')))
  .openapi('DriverLinkRequest', { example: { vehicleId: 'bus-1', bay: null, expiresInHours: 720 } })

export const reportId = z.uuid().openapi({ example: '3f0b6f57-6f1c-4c53-9a51-0f6a2e1b7c42' })

const subject = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('station'),
    stationId,
    evseId: z.int().min(0).max(1000).nullable().default(null).describe('null: the charger as a whole.'),
  }),
  z.strictObject({ kind: z.literal('vehicle'), vehicleId }),
  z.strictObject({ kind: z.literal('bay'), siteId, bayId: id }),
])

export const faultCategory = z.enum(FAULT_CATEGORIES)

export const faultRequest = z
  .strictObject({
    subject,
    category: faultCategory,
    usable: z.boolean().nullable().default(null).describe('Whether it can still be used; null: not said.'),
    text: z.string().trim().max(1000).default(''),
    reportedAt: instantInput.optional().describe('When it was seen, if it is sent later; never later than now.'),
  })
  .openapi('FaultRequest', {
    example: {
      subject: { kind: 'station', stationId: 'CP1', evseId: 1 },
      category: 'cable',
      usable: false,
      text: 'The sheath is torn by the plug.',
      reportedAt: '2026-11-23T19:40:00Z',
    },
  })

export const faultReport = z
  .object({
    reportId: z.string(),
    siteId: z.string().nullable(),
    subjectKind: z.enum(['station', 'vehicle', 'bay']),
    subjectLabel: z.string().describe('What it is about, as it was called then.'),
    stationId: z.string().nullable(),
    evseId: z.int().nullable(),
    vehicleId: z.string().nullable(),
    bayId: z.string().nullable(),
    category: faultCategory,
    usable: z.boolean().nullable(),
    text: z.string(),
    reportedAt: instant,
    receivedAt: instant,
    reportedBy: z.string(),
    state: z.enum(['open', 'done']),
    doneAt: instant.nullable(),
    doneBy: z.string().nullable(),
    answer: z.string().nullable().describe('What was done.'),
    hasPhoto: z.boolean(),
  })
  .openapi('FaultReport', {
    example: {
      reportId: '3f0b6f57-6f1c-4c53-9a51-0f6a2e1b7c42',
      siteId: 'depot',
      subjectKind: 'station',
      subjectLabel: 'Charger 1',
      stationId: 'CP1',
      evseId: 1,
      vehicleId: null,
      bayId: null,
      category: 'cable',
      usable: false,
      text: 'The sheath is torn by the plug.',
      reportedAt: '2026-11-23T19:40:00.000Z',
      receivedAt: '2026-11-23T19:42:00.000Z',
      reportedBy: 'A1',
      state: 'open',
      doneAt: null,
      doneBy: null,
      answer: null,
      hasPhoto: true,
    },
  })
