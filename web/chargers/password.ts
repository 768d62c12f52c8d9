const BYTES = 16

/**
 * A password for a charger: 32 hexadecimal digits, 128 random bits. OCPP 1.6 keeps its AuthorizationKey as such digits, and 2.0.1 takes them as text, so one form
 * serves both.
 */
export function makePassword(): string {
  return [...crypto.getRandomValues(new Uint8Array(BYTES))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
