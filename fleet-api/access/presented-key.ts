/**
 * The key in an Authorization header: `Bearer KEY`, or OCPI's `Token` with the key in base64 (2.2.1 §4.1.1 Authorization header); versions before wrote it plainly,
 * and some still do.
 */
export function presentedKey(header: string | undefined): string | undefined {
  const [, scheme, value] = /^(Bearer|Token) +(\S+) *$/i.exec(header ?? '') ?? []
  return value !== undefined && scheme?.toLowerCase() === 'token' ? (decoded(value) ?? value) : value
}

/** null: it is no base64 of printable ASCII, so it is the key as it stands. */
function decoded(value: string): string | null {
  try {
    const text = atob(value)
    return /^[\u0021-\u007e]+$/.test(text) ? text : null
  } catch {
    return null
  }
}
