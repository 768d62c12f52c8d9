/** `npm run bench -- plan`: measures one part of the product. Each part is a file here that exports `bench(args)`. */
interface Bench {
  bench(args: readonly string[]): Promise<void>
}

const NAMES = ['ocpp', 'plan', 'api', 'arrivals', 'pages'] as const

async function main([name, ...args]: readonly string[]): Promise<number> {
  const known = NAMES.find((one) => one === name)
  if (known === undefined) {
    process.stderr.write(
      `${name === undefined ? 'What is to be measured?' : `There is no bench ${name}.`} There are: ${NAMES.join(', ')}.\n`,
    )
    return 2
  }
  const { bench } = (await import(new URL(`${known}.ts`, import.meta.url).href)) as Bench
  try {
    await bench(args)
    return 0
  } catch (error) {
    if (!isWrongOption(error)) throw error
    process.stderr.write(`${error.message.split('. ')[0]}. test/bench/${known}.ts says which options there are.\n`)
    return 2
  }
}

function isWrongOption(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_')
}

process.exitCode = await main(process.argv.slice(2))
