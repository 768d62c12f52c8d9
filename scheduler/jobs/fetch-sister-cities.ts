import { keepSisterCities, noteSisterCity, sisterCities, type SisterCityView } from '../../db/sister-cities.ts'
import { cityGlance, type CityGlance } from '../../domain/city-glance.ts'
import { outboundProblem, type OutboundRules } from '../../domain/outbound-url.ts'
import { askOutside, OutsideError } from './ask-outside.ts'
import type { JobContext } from './job.ts'

const EVERY_MS = 2 * 60_000
const LONGEST_WAIT_MS = 30 * 60_000
const TIMEOUT_MS = 5_000
/** A glance has a hundredth of it. */
const MAX_BYTES = 200_000

/** Asks the configured sister cities how they are, one that does not answer ever less often. Browsers are never sent there. */
export async function fetchSisterCities({ db, now, log, outbound, sisters = [] }: JobContext): Promise<void> {
  await keepSisterCities(db, sisters)
  if (sisters.length === 0) return
  const due = (await sisterCities(db)).filter((city) => isDue(city, now()))
  await Promise.all(
    due.map(async ({ name, url, failures }) => {
      const answer = await ask(url, outbound)
      const failed = typeof answer === 'string'
      if (failed && failures === 0) log.warn({ city: name, reason: answer }, 'a sister city does not answer')
      await noteSisterCity(db, name, {
        at: now(),
        outcome: failed ? answer : 'ok',
        failures: failed ? failures + 1 : 0,
        glance: failed ? null : answer,
      })
    }),
  )
}

function isDue({ askedAt, failures }: SisterCityView, at: Date): boolean {
  const wait = Math.min(LONGEST_WAIT_MS, EVERY_MS * 2 ** Math.min(failures, 8))
  return askedAt === null || at.getTime() - askedAt.getTime() >= wait
}

/** What the city tells, or why nothing came. */
async function ask(url: string, outbound: OutboundRules): Promise<CityGlance | string> {
  const problem = outboundProblem(url, outbound)
  if (problem !== null) return problem.in('en')
  try {
    const limits = { accept: 'application/json', timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES }
    const { status, bytes } = await askOutside(new URL('/api/v1/city', url), limits)
    if (status !== 200) return `it answers with HTTP ${status}`
    const told = cityGlance.safeParse(JSON.parse(new TextDecoder().decode(bytes)))
    return told.success ? told.data : 'what it tells has another form'
  } catch (error) {
    if (error instanceof SyntaxError) return 'what it tells is no JSON'
    if (error instanceof OutsideError) return error.message
    throw error
  }
}
