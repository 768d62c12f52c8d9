import { readSigned, signText } from './sign.ts'

/** Name of the cookie of somebody who came by a driver's link. */
export const LINK_COOKIE = 'zaryad_driver'
/** A shift. */
export const LINK_SESSION_SECONDS = 16 * 3600

/** What a driver's link opens: one vehicle, or the vehicle that stands at one bay. */
export interface DriverLink {
  vehicleId: string | null
  bay: { siteId: string; bayId: string } | null
  /** For the audit log: whose link it is. */
  label: string
}

/** `link` is what stands in the link itself, `session` what its cookie holds: neither passes for the other. */
type Use = 'link' | 'session'

export function signDriverLink(secret: string, use: Use, link: DriverLink, expiresAt: Date): Promise<string> {
  return signText(secret, `driver ${use}`, JSON.stringify([link.vehicleId, link.bay, link.label]), expiresAt)
}

/** What a link opens; null when it is not one of ours, or over. */
export async function readDriverLink(
  secret: string,
  use: Use,
  text: string,
  now: Date,
): Promise<(DriverLink & { expiresAt: Date }) | null> {
  const signed = await readSigned(secret, `driver ${use}`, text, now)
  if (signed === null) return null
  const [vehicleId, bay, label] = JSON.parse(signed.text) as [string | null, DriverLink['bay'], string]
  return { vehicleId, bay, label, expiresAt: signed.expiresAt }
}
