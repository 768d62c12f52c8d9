import type { Db } from '../../db/database.ts'
import { useDriverLink, type DriverLinkEntry } from '../../db/driver-links.ts'
import { readSigned, signText } from './sign.ts'

/** Name of the cookie of somebody who came by a driver's link. */
export const LINK_COOKIE = 'zaryad_driver'
/** A shift. */
export const LINK_SESSION_SECONDS = 16 * 3600

/** What stands in a link itself and in its QR code: always the same text for the same link, so that it can be printed again. */
export function signDriverLink(secret: string, { linkId, expiresAt }: Pick<DriverLinkEntry, 'linkId' | 'expiresAt'>) {
  return signText(secret, 'driver link', linkId, expiresAt)
}

/** The link behind what somebody holds; null when it is not one of ours, is over, or was revoked. */
export async function openedLink(db: Db, secret: string, token: string, now: Date): Promise<DriverLinkEntry | null> {
  const signed = await readSigned(secret, 'driver link', token, now)
  if (signed === null) return null
  return (await useDriverLink(db, signed.text, now)) ?? null
}

/** What the cookie holds of somebody who has opened a link: a cookie does not pass for a link, nor a link for a cookie. */
export function signDriverSession(
  secret: string,
  session: { linkId: string; vehicleId: string },
  expiresAt: Date,
): Promise<string> {
  return signText(secret, 'driver session', JSON.stringify([session.linkId, session.vehicleId]), expiresAt)
}

/** Whose shift a cookie stands for; null when it is not one of ours, is over, or its link was revoked since. */
export async function readDriverSession(
  db: Db,
  secret: string,
  cookie: string,
  now: Date,
): Promise<{ linkId: string; label: string; vehicleId: string } | null> {
  const signed = await readSigned(secret, 'driver session', cookie, now)
  if (signed === null) return null
  const [linkId, vehicleId] = JSON.parse(signed.text) as [string, string]
  const link = await useDriverLink(db, linkId, now)
  return link === undefined ? null : { linkId, label: link.label, vehicleId }
}
