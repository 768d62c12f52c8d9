import { MAX_PASSWORD, MIN_PASSWORD } from './auth-options.ts'

/** Long enough, and neither one character again and again nor the own address. Length is what counts (NIST SP 800-63B §5.1.1.2). */
export function isGoodPassword(password: string, email: string): boolean {
  if (password.length < MIN_PASSWORD || password.length > MAX_PASSWORD) return false
  return new Set(password).size >= 5 && !password.toLowerCase().includes(email.toLowerCase())
}
