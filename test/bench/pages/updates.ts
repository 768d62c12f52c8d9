import type { CDPSession, Page } from 'playwright-core'
import { openDatabase } from '../../../runtime/open-database.ts'
import { createLog } from '../../../runtime/log.ts'
import { startServer } from '../../../runtime/server.ts'
import { jobs } from '../../../scheduler/jobs/jobs.ts'
import { createHighsSolver } from '../../../scheduler/plan/solver.ts'
import { openBrowser } from '../../e2e/browser.ts'
import { bringReadings, enterLargeDepot } from '../large-depot.ts'
import { percentile } from '../percentiles.ts'

const TEN_IN_THE_EVENING = '2026-11-23T20:00:00Z'
const READINGS_EVERY_MS = 500
const READINGS_SHARE = 0.4
const LONG_TASK_MS = 100

/**
 * The depot page of a large depot while readings stream in: the longest task of its main thread, and the time between frames, at the machine's own speed and
 * `slower` times slower. A real server, a real database, a real plan, Chromium.
 */
export async function measureUpdates(
  vehicles: number,
  { seconds, slower, say }: { seconds: number; slower: number; say: (line: string) => void },
): Promise<void> {
  const log = createLog('warn')
  const database = await openDatabase({ databaseUrl: null, dataDirectory: null }, log)
  const { db } = database
  const started = performance.now()
  const now = (): Date => new Date(Date.parse(TEN_IN_THE_EVENING) + performance.now() - started)
  await enterLargeDepot(db, vehicles, now())
  const server = await startServer({
    db,
    now,
    log,
    host: '127.0.0.1',
    port: 0,
    access: { adminKey: null, open: true },
    clock: { speed: 1, demo: false },
    stationPolicy: 'open',
    outbound: { allowPrivate: false },
    jobs: [],
    sharedDatabase: false,
  })
  const browser = await openBrowser()
  try {
    const solver = createHighsSolver()
    for (const name of ['replan', 'watch']) {
      const begun = performance.now()
      await jobs
        .find((job) => job.name === name)
        ?.run({ db, gateway: server.gateway, now, log, solver, outbound: { allowPrivate: false } })
      say(`${name}: ${((performance.now() - begun) / 1000).toFixed(1)} s`)
    }
    const url = `http://127.0.0.1:${server.port}`
    for (const view of ['list', 'yard'])
      for (const rate of [1, slower]) {
        const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, locale: 'en-GB' })
        const page = await context.newPage()
        const cdp = await context.newCDPSession(page)
        await cdp.send('Emulation.setCPUThrottlingRate', { rate })
        await page.goto(`${url}/?view=${view}`)
        await page.locator('[data-row], [data-bay]').first().waitFor({ timeout: 60_000 })
        await page.waitForTimeout(3_000)
        const measured = await whileReadingsCome(page, cdp, seconds, () => bringReadings(db, READINGS_SHARE, now()))
        const long = measured.tasks.filter((ms) => ms > LONG_TASK_MS).length
        say(
          `${vehicles} buses, ${view}, CPU ÷${rate}: longest task ${Math.max(0, ...measured.tasks).toFixed(0)} ms, ${long} above ${LONG_TASK_MS} ms; ` +
            `frames: median ${percentile(measured.frames, 0.5).toFixed(1)} ms, p99 ${percentile(measured.frames, 0.99).toFixed(1)} ms; ${measured.rounds} rounds of readings`,
        )
        await context.close()
      }
  } finally {
    await browser.close()
    await server.close()
    await database.close()
  }
}

interface Measured {
  /** Every task of the page's main thread, in ms. */
  tasks: number[]
  /** Between one frame and the next, in ms. */
  frames: number[]
  rounds: number
}

async function whileReadingsCome(
  page: Page,
  cdp: CDPSession,
  seconds: number,
  bring: () => Promise<void>,
): Promise<Measured> {
  const events: TraceEvent[] = []
  cdp.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])))
  await cdp.send('Tracing.start', { traceConfig: { includedCategories: ['toplevel', 'devtools.timeline'] } })
  await page.evaluate(`window.frames_ = []; window.last_ = performance.now();
    (function frame(at) { window.frames_.push(at - window.last_); window.last_ = at; requestAnimationFrame(frame) })(performance.now())`)
  const until = performance.now() + seconds * 1000
  let rounds = 0
  while (performance.now() < until) {
    await bring()
    rounds += 1
    await new Promise((resolve) => setTimeout(resolve, READINGS_EVERY_MS))
  }
  const frames = ((await page.evaluate('window.frames_')) as number[]).slice(2)
  const complete = new Promise((resolve) => cdp.once('Tracing.tracingComplete', resolve))
  await cdp.send('Tracing.end')
  await complete
  return { tasks: mainThreadTasks(events), frames, rounds }
}

interface TraceEvent {
  name: string
  ph: string
  pid: number
  tid: number
  dur?: number
  args?: { name?: string }
}

/** Lengths, in ms, of the tasks that the page's own main thread ran: of those threads the one that did most. */
function mainThreadTasks(events: readonly TraceEvent[]): number[] {
  const threads = new Set(
    events
      .filter((one) => one.name === 'thread_name' && one.args?.name === 'CrRendererMain')
      .map((one) => `${one.pid} ${one.tid}`),
  )
  const tasks = events.filter(
    (one) => one.ph === 'X' && one.name.endsWith('RunTask') && threads.has(`${one.pid} ${one.tid}`),
  )
  const byThread = Map.groupBy(tasks, (one) => `${one.pid} ${one.tid}`)
  const lengths = [...byThread.values()].map((of) => of.map((one) => (one.dur ?? 0) / 1000))
  const sum = (of: readonly number[]): number => of.reduce((total, ms) => total + ms, 0)
  return lengths.toSorted((a, b) => sum(b) - sum(a))[0] ?? []
}
