export interface FeedFiles {
  /** Name to show. */
  fileName: string
  /** Of all bytes read, in order of name; hexadecimal. */
  sha256: string
  /** By name; later parts have replaced earlier ones. */
  files: Map<string, Uint8Array>
}

/** The files of a feed with the fingerprint by which the same feed is recognised. */
export async function feedFiles(fileName: string, files: Map<string, Uint8Array>): Promise<FeedFiles> {
  const names = [...files.keys()].sort()
  const parts = names.flatMap((name) => [new TextEncoder().encode(`${name}\n`), files.get(name) ?? new Uint8Array()])
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', whole))
  return { fileName, files, sha256: Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') }
}
