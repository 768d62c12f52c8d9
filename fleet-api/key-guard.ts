import type { Now } from '../domain/ports.ts'

const WRONG_KEYS_A_MINUTE = 20
const WINDOW_MS = 60_000
/** Addresses remembered at a time; beyond that the oldest are forgotten, so that many addresses cannot fill the memory. */
const ADDRESSES = 10_000

export type KeyVerdict = { outcome: 'right' } | { outcome: 'wrong' } | { outcome: 'tooMany'; retrySeconds: number }

export interface KeyGuard {
  /** Compares a presented key with the admin key, in time that does not depend on it. After 20 wrong ones a minute from one address every further one is turned away unseen. */
  check(address: string, presented: string): Promise<KeyVerdict>
}

/** Wrong keys are counted in this process; with several, each counts its own. */
export function createKeyGuard(adminKey: string | null, now: Now): KeyGuard {
  const wrongs = new Map<string, { since: number; count: number }>()

  return {
    async check(address, presented) {
      const at = now().getTime()
      const seen = wrongs.get(address)
      const recent = seen !== undefined && at - seen.since < WINDOW_MS ? seen : undefined
      if (recent !== undefined && recent.count >= WRONG_KEYS_A_MINUTE)
        return { outcome: 'tooMany', retrySeconds: Math.max(1, Math.ceil((recent.since + WINDOW_MS - at) / 1000)) }
      if (adminKey !== null && (await sameText(adminKey, presented))) return { outcome: 'right' }
      wrongs.delete(address)
      wrongs.set(address, { since: recent?.since ?? at, count: (recent?.count ?? 0) + 1 })
      const oldest = wrongs.keys().next().value
      if (wrongs.size > ADDRESSES && oldest !== undefined) wrongs.delete(oldest)
      return { outcome: 'wrong' }
    },
  }
}

/** Compares digests, so that neither length nor content shows in the time it takes. */
async function sameText(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([digest(one), digest(other)])
  let difference = 0
  for (let i = 0; i < a.length; i += 1) difference |= (a[i] ?? 0) ^ (b[i] ?? 0)
  return difference === 0
}

async function digest(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
}
