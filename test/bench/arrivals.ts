import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { BASELINES, BUCKETS, measureAccuracy, METHODS, percentages, type Method } from './arrivals/accuracy.ts'
import { measureSpeed } from './arrivals/speed.ts'

/**
 * `npm run bench -- arrivals [--seeds 5] [--from 1] [--lines 4] [--buses 4] [--train 21] [--test 7]`: how well arrivals are predicted in made-up cities, one for each seed, in the
 * four buckets of the ETA Accuracy Benchmark, beside "last deviation" and "schedule only". With `--speed 2000 [--rounds 6]` instead: how long the job takes with so many buses.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: 'string', default: '5' },
      from: { type: 'string', default: '1' },
      lines: { type: 'string', default: '4' },
      buses: { type: 'string', default: '4' },
      stops: { type: 'string', default: '20' },
      train: { type: 'string', default: '21' },
      test: { type: 'string', default: '7' },
      speed: { type: 'string' },
      rounds: { type: 'string', default: '6' },
    },
  })
  print(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`)
  if (values.speed !== undefined) {
    await speed(Number(values.speed), Number(values.rounds))
    return
  }
  print(
    `${values.lines} lines of ${values.buses} buses and ${values.stops} stops; ${values.train} days to learn from, ${values.test} days after them measured`,
  )
  const bySeed = new Map<Method, number[][]>(METHODS.map((method) => [method, []]))
  for (let i = 0; i < Number(values.seeds); i += 1) {
    const seed = Number(values.from) + i
    const found = measureAccuracy({
      seed,
      lines: Number(values.lines),
      busesALine: Number(values.buses),
      stops: Number(values.stops),
      trainDays: Number(values.train),
      testDays: Number(values.test),
    })
    const n = found.counts.ours.reduce((sum, bucket) => sum + bucket.n, 0)
    print(
      `\nseed ${seed}: ${n} predictions, ${found.fixes} positions, ${((100 * found.refused) / found.fixes).toFixed(2)} % refused, ` +
        `${(found.msPerFix * 1000).toFixed(0)} µs a position, ${(found.msPerForecast * 1000).toFixed(0)} µs a forecast`,
    )
    print(
      row([
        '',
        ...BUCKETS.map((one) => `${one.from}–${one.to} min`),
        'overall',
        'mean error by bucket, s',
        'mean absolute error, s',
      ]),
    )
    for (const method of METHODS) {
      const counts = found.counts[method]
      const { buckets, overall } = percentages(counts)
      bySeed.get(method)?.push([...buckets, overall])
      print(
        row([
          method,
          ...[...buckets, overall].map((one) => `${one.toFixed(1)} %`),
          counts.map((one) => (one.errorS / one.n).toFixed(0)).join(' '),
          counts.map((one) => (one.absoluteS / one.n).toFixed(0)).join(' '),
        ]),
      )
    }
  }
  print(`\nall seeds: mean, and lowest to highest`)
  print(row(['', ...BUCKETS.map((one) => `${one.from}–${one.to} min`), 'overall']))
  for (const method of METHODS) {
    const runs = bySeed.get(method) ?? []
    const columns = [0, 1, 2, 3, 4].map((column) => runs.map((run) => run[column] ?? Number.NaN))
    print(
      row([
        method,
        ...columns.map((of) => {
          const mean = of.reduce((sum, one) => sum + one, 0) / of.length
          return `${mean.toFixed(1)} % (${Math.min(...of).toFixed(1)}–${Math.max(...of).toFixed(1)})`
        }),
      ]),
    )
  }
  const worse = BASELINES.flatMap((method) =>
    (bySeed.get(method) ?? []).flatMap((run, seed) =>
      run.flatMap((share, column) =>
        (bySeed.get('ours')?.[seed]?.[column] ?? 0) > share ? [] : [`seed ${seed} column ${column} ${method}`],
      ),
    ),
  )
  print(
    worse.length === 0 ? '\nours is ahead in every bucket of every seed' : `\nours is NOT ahead: ${worse.join(', ')}`,
  )
  if (worse.length > 0) process.exitCode = 1
}

async function speed(buses: number, rounds: number): Promise<void> {
  const { database, runs } = await measureSpeed(buses, rounds)
  print(
    `${buses} buses on ${database}; milliseconds of each run, and of them our own processor time; load average ${loadavg()[0]?.toFixed(1)}`,
  )
  for (const [what, of] of Map.groupBy(runs, (one) => one.what)) {
    print(row([what, of.map((one) => one.ms.toFixed(0)).join(' '), of.map((one) => one.cpuMs.toFixed(0)).join(' ')]))
  }
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
