import { acceptLink } from '../../db/accept-link.ts'
import { findLink, keepLink, type OpenLink } from '../../db/auth-links.ts'
import type { Db } from '../../db/database.ts'
import { hasAdmin } from '../../db/sign-in-means.ts'
import { digestOf, randomSecret } from '../access/sign.ts'
import { isGoodPassword } from './good-password.ts'

const DAY_MS = 86_400_000
const SETUP_DAYS = 1
export const INVITE_DAYS = 7

/** The secret part of a new link for the first admin; null when somebody can sign in as an admin already. Links made before stop working. */
export async function makeSetupLink(db: Db, now: Date): Promise<string | null> {
  if (await hasAdmin(db)) return null
  return keepNew(db, { kind: 'setup', userId: null, now, days: SETUP_DAYS })
}

/** The secret part of a new link with which a user chooses a password. */
export function makeInvitation(db: Db, userId: string, now: Date): Promise<string> {
  return keepNew(db, { kind: 'invite', userId, now, days: INVITE_DAYS })
}

/** Where a link leads. The secret stands in the query, which is in no log of ours. */
export function linkAddress(origin: string, secret: string): string {
  return `${origin}/welcome?token=${secret}`
}

export async function readLink(db: Db, secret: string, now: Date): Promise<OpenLink | undefined> {
  return findLink(db, await digestOf(secret), now)
}

export type LinkOutcome = 'welcome' | 'badLink' | 'needsNameAndEmail' | 'weakPassword' | 'takenEmail'

/** Opens a one-time link: makes the first admin, or sets the password of who was invited. It works once. */
export async function openLink(
  db: Db,
  given: { secret: string; name?: string | undefined; email?: string | undefined; password: string },
  hashPassword: (password: string) => Promise<string>,
  now: Date,
): Promise<LinkOutcome> {
  const tokenHash = await digestOf(given.secret)
  const link = await findLink(db, tokenHash, now)
  if (link === undefined) return 'badLink'
  const email = link.user?.email ?? given.email
  const name = link.user?.name ?? given.name
  if (email === undefined || name === undefined) return 'needsNameAndEmail'
  if (!isGoodPassword(given.password, email)) return 'weakPassword'
  return acceptLink(db, {
    tokenHash,
    name,
    email,
    passwordHash: await hashPassword(given.password),
    userId: crypto.randomUUID(),
    accountId: crypto.randomUUID(),
    at: now,
  })
}

async function keepNew(
  db: Db,
  link: { kind: 'setup' | 'invite'; userId: string | null; now: Date; days: number },
): Promise<string> {
  const secret = randomSecret()
  const { kind, userId, now } = link
  await keepLink(db, {
    tokenHash: await digestOf(secret),
    kind,
    userId,
    createdAt: now,
    expiresAt: new Date(now.getTime() + link.days * DAY_MS),
  })
  return secret
}
