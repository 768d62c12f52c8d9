import { z } from '@hono/zod-openapi'
import { ROLES } from '../../domain/role.ts'
import { instant } from './common.ts'

export const role = z.enum(ROLES).openapi({ example: 'manager' })

/** Who calls, and what they may. */
export const me = z
  .object({
    kind: z.enum(['key', 'user', 'apiKey', 'link', 'open', 'none']),
    role: role.nullable(),
    userId: z.string().nullable(),
    name: z.string().nullable(),
    /** The vehicle that a driver drives. */
    vehicleId: z.string().nullable(),
    siteId: z.string().nullable(),
    /** Operations that the caller may call, by operationId. */
    may: z.array(z.string()),
    /** How people can sign in here. */
    signIn: z.object({ password: z.boolean(), passkey: z.boolean(), oidc: z.boolean() }),
  })
  .openapi('Me', {
    example: {
      kind: 'user',
      role: 'viewer',
      userId: 'q2nZ7dP0',
      name: 'Мария Иванова',
      vehicleId: null,
      siteId: 'depot',
      may: ['getInfo', 'listVehicles'],
      signIn: { password: true, passkey: true, oidc: false },
    },
  })

const aUser = {
  userId: '7c1d9a52-6a0e-4f43-9d0a-5a2f0e9c1b11',
  name: 'Мария Иванова',
  email: 'maria@depot.example',
  role: 'manager' as const,
  siteId: 'depot',
  vehicleId: null,
  disabled: false,
  active: true,
  createdAt: '2026-11-23T19:42:00.000Z',
  lastSeenAt: null,
}

export const user = z
  .object({
    userId: z.string(),
    name: z.string(),
    email: z.string(),
    role,
    siteId: z.string().nullable(),
    vehicleId: z.string().nullable(),
    disabled: z.boolean(),
    /** Whether they have chosen a password or signed on through the identity provider. */
    active: z.boolean(),
    createdAt: instant,
    lastSeenAt: instant.nullable(),
  })
  .openapi('User', {
    example: aUser,
  })

/** A user who can choose a password with `link`, which works once. */
export const invitation = z.object({ user, link: z.string(), expiresAt: instant }).openapi('Invitation', {
  example: {
    user: { ...aUser, active: false },
    link: 'https://depot.example/welcome?token=9rN0c3bV…',
    expiresAt: '2026-11-30T19:42:00.000Z',
  },
})

export const apiKey = z
  .object({
    keyId: z.string(),
    name: z.string(),
    /** The first characters, to recognise it by. */
    start: z.string().nullable(),
    role,
    createdAt: instant,
    expiresAt: instant.nullable(),
    lastUsedAt: instant.nullable(),
    /** Who made it; null: it was made with the ADMIN_KEY. */
    madeBy: z.string().nullable(),
  })
  .openapi('ApiKey', {
    example: {
      keyId: 'Yy6tHn0q',
      name: 'Telemetry of the on-board units',
      start: 'zk_AbC',
      role: 'manager',
      createdAt: '2026-11-23T19:42:00.000Z',
      expiresAt: '2027-11-23T19:42:00.000Z',
      lastUsedAt: null,
      madeBy: 'Мария Иванова',
    },
  })

export const auditEntry = z
  .object({
    id: z.int(),
    at: instant,
    actorKind: z.string(),
    actorId: z.string().nullable(),
    actorName: z.string().nullable(),
    /** The operation. */
    action: z.string(),
    subjectKind: z.string().nullable(),
    subjectId: z.string().nullable(),
    /** Only what changed, by column; null: it was not there. */
    before: z.unknown(),
    after: z.unknown(),
    requestId: z.string().nullable(),
    address: z.string().nullable(),
  })
  .openapi('AuditEntry', {
    example: {
      id: 812,
      at: '2026-11-23T19:42:00.000Z',
      actorKind: 'user',
      actorId: '7c1d9a52-6a0e-4f43-9d0a-5a2f0e9c1b11',
      actorName: 'Мария Иванова',
      action: 'changeSite',
      subjectKind: 'limitNode',
      subjectId: 'depot/grid',
      before: { limit_w: 300_000 },
      after: { limit_w: 250_000 },
      requestId: '0f7c3b1e-6c1e-4f0e-9f5e-2b6f7a1d9c44',
      address: '192.0.2.7',
    },
  })
